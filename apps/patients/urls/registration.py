from django.urls import path

from apps.patients.views import allergies, finding, referrals, registration, team

_CHART = "patients/<uuid:patient_id>/"

urlpatterns = [
    path("patients/", finding.patient_list, name="list"),
    path("patients/search/", finding.search, name="search"),
    path("patients/register/", registration.register, name="register"),
    path("referrals/", referrals.inbox, name="referrals"),
    path("referrals/register/", registration.register_with_letter, name="register_with_referral"),
    path(f"{_CHART}registered/", registration.registered, name="registered"),
    path(f"{_CHART}details/", registration.detail, name="detail"),
    path(f"{_CHART}details/edit/", registration.edit, name="edit"),
    path(f"{_CHART}numbers/add/", registration.add_number, name="add_identifier"),
    path(f"{_CHART}numbers/<uuid:identifier_id>/remove/", registration.remove_number, name="remove_identifier"),
    path(f"{_CHART}allergies/", allergies.allergies, name="allergies"),
    path(f"{_CHART}allergies/add/", allergies.add_allergy, name="add_allergy"),
    path(f"{_CHART}allergies/asked/", allergies.confirm, name="confirm_allergies"),
    path(f"{_CHART}allergies/<uuid:allergy_id>/withdraw/", allergies.withdraw, name="withdraw_allergy"),
    path(f"{_CHART}referrals/add/", referrals.refer, name="add_referral"),
    path(f"{_CHART}referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path(f"{_CHART}referrals/<uuid:referral_id>/correct/", referrals.correct, name="correct_referral"),
    path(f"{_CHART}team/", team.team, name="team"),
    path(f"{_CHART}team/add/", team.join, name="add_member"),
    path(f"{_CHART}team/<uuid:membership_id>/end/", team.leave, name="end_membership"),
]
