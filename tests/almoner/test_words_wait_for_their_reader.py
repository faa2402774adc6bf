"""Words in code can be said in another language: what is built once, at the start, waits for its reader's language."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from wagtail import blocks

import content
import donations
import grants
from donations.ledger.models import Account
from donations.models.declaration import Scope

ROOT = Path(__file__).parents[2]
ROOMS = (content, donations, grants)
WITHIN = tuple(f"{room.__name__}." for room in ROOMS)
PLACES = [ROOT / "content", ROOT / "donations", ROOT / "grants", ROOT / "site/almoner"]
FILES = [path for place in PLACES for path in sorted(place.rglob("*.py")) if "migrations" not in path.parts]
MODELS = [
    model
    for name in ("content", "donations", "grants", "ledger", "accounts")
    for model in apps.get_app_config(name).get_models()
    if model is not Account  # the words of its choices are codes of the books
]
LETTERS = re.compile(r"[^\W\d_]{2}")
AT_ONCE = {"gettext", "ngettext"}
MARKS = AT_ONCE | {"gettext_lazy", "ngettext_lazy", "gettext_noop"}
# What nobody translates: formats, and what the tax office words itself.
GIVEN = {"CSV", "XLSX", *(words for scope in Scope for words in (scope.gifts, scope.gifts_without_one))}


def is_fixed(words: object) -> bool:
    """Words that are the same for every reader."""
    return isinstance(words, str) and bool(LETTERS.search(words)) and words not in GIVEN


def kinds(of: type) -> list[type]:
    """All kinds of it that our rooms make."""
    for room in ROOMS:
        for each in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not {"migrations", "management"} & set(each.name.split(".")):
                importlib.import_module(each.name)
    found, waiting = set(), [of]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting += kind.__subclasses__()
    return sorted((kind for kind in found if kind.__module__.startswith(WITHIN)), key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_a_record_and_its_fields_are_called_waits(model):
    meta = model._meta
    said = [meta.original_attrs.get("verbose_name"), meta.original_attrs.get("verbose_name_plural")]
    said += [law.violation_error_message for law in meta.constraints]
    for field in [*meta.local_fields, *meta.local_many_to_many]:
        said += [field.help_text, *(words for _, words in field.flatchoices)]
        if field.verbose_name not in ("ID", field.name.replace("_", " ")):  # no words of ours: its name in code
            said.append(field.verbose_name)
    assert [words for words in said if is_fixed(words)] == []


@pytest.mark.parametrize("form", kinds(forms.BaseForm), ids=lambda form: form.__qualname__)
def test_what_a_form_asks_and_answers_waits(form):
    said = []
    for name, field in form.base_fields.items():
        said += [field.help_text, *field.error_messages.values()]
        said += [field.label] if field.label != name.replace("_", " ").capitalize() else []
        offered = getattr(field, "_choices", ())
        said += [words for _, words in offered] if isinstance(offered, list) else []
    assert [words for words in said if is_fixed(words)] == []


@pytest.mark.parametrize("block", kinds(blocks.Block), ids=lambda block: block.__qualname__)
def test_what_a_block_asks_of_an_editor_waits(block):
    meta = block._meta_class
    said = [getattr(meta, name, "") for name in ("label", "description", "help_text")]
    for part in getattr(block, "base_blocks", {}).values():
        given = part._constructor_args[1]
        said += [given.get("label"), given.get("help_text")]
    assert [words for words in said if is_fixed(words)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_translated_before_its_reader_is_known(path):
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in MARKS
    }
    at_once = {name for name, original in names.items() if original in AT_ONCE}
    assert [call.lineno for call in calls(tree, at_once, inside_functions=False)] == []
    # A translator finds a sentence as it stands: what it names is put in afterwards.
    assert [
        call.lineno
        for call in calls(tree, set(names), inside_functions=True)
        if isinstance(call.args[0], ast.JoinedStr)
    ] == []


def calls(node: ast.AST, names: set[str], *, inside_functions: bool) -> list[ast.Call]:
    """Calls of functions of these names; those in functions only where they are asked for."""
    found: list[ast.Call] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and not inside_functions:
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in names:
            found.append(child)
        found += calls(child, names, inside_functions=inside_functions)
    return found
