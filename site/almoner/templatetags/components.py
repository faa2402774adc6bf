"""The design system's template tags: {% money pence %} and friends. Built in: no {% load %} is needed."""

from django import template

register = template.Library()
