"""The one renderer of forms: Django's own widgets in the markup of our look."""

from django.forms.renderers import DjangoTemplates
from django.template.backends.django import Template

STOCK = "django/forms/widgets/"
OWN = "kit/widgets/"
OURS = frozenset(
    {
        "checkbox", "checkbox_select", "date", "datetime", "email", "file", "hidden", "input", "number", "password",
        "radio", "search", "select", "tel", "text", "textarea", "time", "url",
    }
)  # fmt: skip


class KitRenderer(DjangoTemplates):
    """Maps every stock widget template to ours, so that a plain Django field needs no widget of ours."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"

    def get_template(self, template_name: str) -> Template:
        name = template_name.removeprefix(STOCK).removesuffix(".html")
        if template_name.startswith(STOCK) and name in OURS:
            template_name = f"{OWN}{name}.html"
        return super().get_template(template_name)  # type: ignore[no-any-return]
