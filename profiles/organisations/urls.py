"""Words beside the organisations' own addresses are reserved in profiles/slugs.py."""

from django.urls import path

from profiles.organisations import invitations, joining, members, verifications, views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="list"),
    path("neu/", views.organisation_new, name="new"),
    path("wechseln/", views.organisation_switch, name="switch"),
    path("beitreten/", joining.organisation_search, name="search"),
    path("beitreten/<slug:slug>/", joining.join, name="join"),
    path("beitreten/<int:pk>/zurueckziehen/", joining.join_withdraw, name="join_withdraw"),
    path("einladung/<str:token>/", invitations.invitation, name="invitation"),
    path("pruefen/", verifications.verifications, name="verifications"),
    path("pruefen/<slug:slug>/", verifications.verification, name="verification"),
    path("pruefen/<slug:slug>/bestaetigen/", verifications.verify, name="verify"),
    path(
        "pruefen/<slug:slug>/ablehnen/",
        verifications.verification_decline,
        name="verification_decline",
    ),
    path("<slug:slug>/", views.organisation, name="detail"),
    path("<slug:slug>/angaben/", views.organisation_edit, name="edit"),
    path("<slug:slug>/verlassen/", members.organisation_leave, name="leave"),
    path("<slug:slug>/einladen/", invitations.invitation_new, name="invite"),
    path(
        "<slug:slug>/einladungen/<int:pk>/senden/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "<slug:slug>/einladungen/<int:pk>/zurueckziehen/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("<slug:slug>/mitglieder/<int:pk>/rolle/", members.member_role, name="member_role"),
    path("<slug:slug>/mitglieder/<int:pk>/entfernen/", members.member_remove, name="member_remove"),
    path("<slug:slug>/anfragen/<int:pk>/", joining.join_request, name="join_request"),
    path("<slug:slug>/anfragen/<int:pk>/aufnehmen/", joining.join_approve, name="join_approve"),
    path("<slug:slug>/anfragen/<int:pk>/ablehnen/", joining.join_decline, name="join_decline"),
]
