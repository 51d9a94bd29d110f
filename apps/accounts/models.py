"""Clinic staff and the credential that lets some of them prescribe."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.permissions import Permission, role_may
from apps.core.history import tracked
from apps.core.models import VersionedRecord


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password nobody can sign in to it until one is set by invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields.setdefault("full_name", email)
        fields.setdefault("role", Role.MANAGER)
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A member of the clinic's staff. Signs in with the e-mail address; is deactivated, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "Somebody with this e-mail address has an account already."},
    )
    full_name = models.CharField("name as shown", max_length=120, help_text="With title, e.g. Dr Amara Okafor")
    role = models.CharField(max_length=24, choices=Role.choices)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("may open the technical administration", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "member of staff"
        verbose_name_plural = "staff"
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="accounts_user_email_lower_case",
                violation_error_message="Enter the e-mail address in small letters.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="accounts_user_role_known",
                violation_error_message="Select one of the clinic's roles.",
            ),
            models.CheckConstraint(
                condition=~Q(full_name=""),
                name="accounts_user_name_given",
                violation_error_message="Enter the name as it should be shown.",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, deactivated_at__isnull=True)
                | Q(is_active=False, deactivated_at__isnull=False),
                name="accounts_user_deactivated_paired",
                violation_error_message="An account is deactivated at a time, or it is active.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def may(self, permission: Permission) -> bool:
        """Whether this person's role carries the permission (for a patient: see apps.patients.access)."""
        return self.is_active and role_may(self.role, permission)

    @property
    def short_name(self) -> str:
        """The name for narrow places: the last part, with the title when there is one."""
        parts = self.full_name.split()
        titled = len(parts) > 2 and parts[0].rstrip(".") in {"Dr", "Prof", "Mr", "Ms", "Mrs", "Nurse"}
        return f"{parts[0]} {parts[-1]}" if titled else self.full_name


@tracked()
class PrescriberCredential(VersionedRecord):
    """The licence to prescribe: a number and the days it is valid, both ends included; open-ended when no end."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="prescriber_credentials")
    number = models.CharField("registration number", max_length=40)
    issuer = models.CharField("issued by", max_length=120, blank=True)
    valid_from = models.DateField("valid from")
    valid_to = models.DateField("valid to", null=True, blank=True)

    class Meta(VersionedRecord.Meta):
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""),
                name="accounts_credential_number_given",
                violation_error_message="Enter the registration number.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_credential_dates_in_order",
                violation_error_message="The credential can't end before it begins.",
            ),
            ExclusionConstraint(
                name="accounts_credential_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="This person already has a credential for some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.user}"

    def clean(self) -> None:
        # Said here as well, because the overlap check can't even be asked about days in the wrong order.
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "The credential can't end before it begins."})
