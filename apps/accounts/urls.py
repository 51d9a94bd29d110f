from django.urls import path

from apps.accounts.views import credentials, staff

app_name = "accounts"

urlpatterns = [
    path("", staff.staff_list, name="staff"),
    path("invite", staff.invite, name="invite"),
    path("<uuid:user_id>/", staff.member, name="member"),
    path("<uuid:user_id>/edit", staff.edit, name="edit"),
    path("<uuid:user_id>/link", staff.link, name="link"),
    path("<uuid:user_id>/deactivate", staff.deactivate, name="deactivate"),
    path("<uuid:user_id>/reactivate", staff.reactivate, name="reactivate"),
    path("<uuid:user_id>/credentials/add", credentials.add, name="credential-add"),
    path("<uuid:user_id>/credentials/<uuid:credential_id>/end", credentials.end, name="credential-end"),
]
