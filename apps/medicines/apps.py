from django.apps import AppConfig


class MedicinesConfig(AppConfig):
    name = "apps.medicines"
    label = "medicines"
    verbose_name = "Medicines"
