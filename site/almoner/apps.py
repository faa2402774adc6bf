from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AlmonerConfig(AppConfig):
    name = "almoner"
    verbose_name = "Almoner"

    def ready(self) -> None:
        """After every migrate the roles hold what almoner/roles.py says."""
        # The signal comes once for each app that has models, and its permissions are made then: the last is our turn.
        last = [app for app in apps.get_app_configs() if app.models_module is not None][-1]
        post_migrate.connect(establish_roles, sender=last)


def establish_roles(**of_the_signal: Any) -> None:
    """Set the roles and workflows, unless the tables that they need have been migrated away."""
    from django.db import connections

    from almoner import roles, workflows

    tables = connections[of_the_signal["using"]].introspection.table_names()
    if {"auth_group", "wagtailcore_grouppagepermission", "wagtailcore_groupcollectionpermission"} <= set(tables):
        roles.establish()
    if {"wagtailcore_workflowpage", "content_reviewlink"} <= set(tables):
        workflows.establish()
