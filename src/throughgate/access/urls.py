"""Signing in, one's own account, members, keys, the log."""

from django.urls import URLPattern

app_name = "access"

urlpatterns: list[URLPattern] = []
