from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from marketplace.api.views import api_page
from marketplace.health import health
from marketplace.home import home
from marketplace.market import market
from marketplace.pages.views import accessibility_report, page
from marketplace.sitemaps import robots, sitemap

urlpatterns = [
    path("health", health, name="health"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("api/v1/", api_page, name="api"),
    path("api/v1/", include("marketplace.api.urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("", include("marketplace.solutions.urls")),
    path("markt/", market, name="market"),
    path("konto/", include("profiles.account_urls")),
    path("organisationen/", include("profiles.organisations.urls")),
    path("barriere-melden/", accessibility_report, name="accessibility_report"),
    path("seiten/<slug:slug>/", page, name="page"),
    prefix_default_language=False,
)
