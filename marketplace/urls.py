from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from marketplace.api.views import api_page
from marketplace.dashboard.views import dashboard
from marketplace.demo.mail import dev_mail, dev_mail_html, dev_mail_message
from marketplace.health import health
from marketplace.home import home
from marketplace.market import market
from marketplace.pages.views import accessibility_report, page
from marketplace.sitemaps import robots, sitemap
from marketplace.solutions.preview import draft_preview
from profiles.files.serving import stored_file
from profiles.publiccode.views import publiccode_import, publiccode_take

urlpatterns = [
    path("health", health, name="health"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("api/v1/", api_page, name="api"),
    path("api/v1/", include("marketplace.api.urls")),
    path("admin/", admin.site.urls),
    path("dateien/<uuid:pk>/", stored_file, name="stored_file"),
    # One address of return for all languages, which the other service has to know.
    path("konto/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("", include("marketplace.solutions.urls")),
    path("", include("marketplace.comparison.urls")),
    path("", include("marketplace.matching.urls")),
    path("", include("marketplace.meaning.urls")),
    path("", include("marketplace.feedback.urls")),
    path("", include("marketplace.pooling.urls")),
    path("", include("marketplace.offers.urls")),
    path("benachrichtigungen/", include("marketplace.alerts.urls")),
    path("merkliste/", include("marketplace.shortlists.urls")),
    path("kriterien/", include("criteria.catalogue.urls")),
    path("uebersicht/", dashboard, name="dashboard"),
    path("bedarfe/", include("challenges.needs.urls")),
    path("handlungsfelder/", include("marketplace.fields.urls")),
    path("challenges/", include("challenges.opendata.urls")),
    path("challenges/", include("challenges.calls.urls")),
    path("markt/", market, name="market"),
    path("daten/", api_page, name="data"),
    path("konto/", include("profiles.accounts.urls")),
    path("konto/mail/", include("profiles.mail.urls")),
    path("profil/", include("profiles.keeping.urls")),
    path("profil/entwurf/<int:pk>/vorschau/", draft_preview, name="keeping_preview"),
    path("organisationen/", include("profiles.organisations.urls")),
    path("einsaetze/", include("profiles.deployments.urls")),
    path("bewerbungen/", include("challenges.applications.urls")),
    path("bewertung/", include("challenges.evaluation.urls")),
    path("nachrichten/", include("profiles.contact.urls")),
    path("bedarfsabfragen/", include("marketplace.grouping.urls")),
    path("bedarfsabfragen/", include("challenges.surveys.urls")),
    path("stimmt-noch/", include("profiles.reminders.urls")),
    path("profil/loesungen/", include("profiles.files.urls")),
    path("profil/publiccode/", publiccode_import, name="publiccode_import"),
    path("profil/publiccode/uebernehmen/", publiccode_take, name="publiccode_take"),
    path("selbsteinschaetzung/", include("criteria.assessments.urls")),
    path("barriere-melden/", accessibility_report, name="accessibility_report"),
    path("seiten/<slug:slug>/", page, name="page"),
    path("dev/mail/", dev_mail, name="dev_mail"),
    path("dev/mail/<slug:name>/", dev_mail_message, name="dev_mail_message"),
    path("dev/mail/<slug:name>/html/", dev_mail_html, name="dev_mail_html"),
    prefix_default_language=False,
)
