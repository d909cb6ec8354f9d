"""The words of the standard, and which of ours they mean."""

from profiles.models.scales import Phase

VERSIONS = ("0", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7")
WRITTEN_AS = "0.7.0"

PHASES = {
    "concept": Phase.P1,
    "development": Phase.P2,
    "beta": Phase.P3,
    "stable": Phase.P4,
}
STATUSES = {
    Phase.P1: "concept",
    Phase.P2: "development",
    Phase.P3: "beta",
    Phase.P4: "stable",
    Phase.P5: "stable",  # read again it is P4: the standard knows nothing beyond
}

PLATFORM_TAGS = {"web": "web_saas", "ios": "mobile_app", "android": "mobile_app"}
TYPE_TAGS = {
    "standalone/mobile": "mobile_app",
    "standalone/iot": "iot_sensorik",
    "standalone/web": "web_saas",
}

# Aliases of 0.7, and the same said by keys of older versions.
SUPPORTS = {"alias:eidas": "eidas", "alias:nis2": "nis2_bsig", "alias:cra": "cra"}

LANGUAGES = {"de": "de", "en": "en", "de-x-simple": "de-simple", "de-simple": "de-simple"}
LANGUAGE_TAGS = {"de": "de", "en": "en", "de-simple": "de-x-simple"}

# Categories that mean one of our topics beyond doubt.
CATEGORIES = {
    "accounting": "haushalt_kasse",
    "applicant-tracking": "personal_recruiting",
    "appointment-scheduling": "terminvergabe",
    "billing-and-invoicing": "e_rechnung",
    "budgeting": "haushalt_kasse",
    "business-process-management": "lowcode_prozesse",
    "call-center-management": "telefonservice",
    "cloud-management": "it_infrastruktur",
    "collaboration": "zusammenarbeit",
    "content-management": "website_barrierefreiheit",
    "data-analytics": "dashboard_monitoring",
    "data-visualization": "dashboard_monitoring",
    "digital-citizenship": "buergerbeteiligung",
    "document-management": "e_akte_dms",
    "e-signature": "e_signatur",
    "event-management": "veranstaltungsmanagement",
    "facility-management": "gebaeudemanagement",
    "fleet-management": "fuhrpark",
    "geographic-information-systems": "geodaten_gis",
    "grant-management": "foerderverfahren",
    "hr": "personal_recruiting",
    "identity-management": "authentifizierung",
    "integrated-library-system": "bibliothek_vhs",
    "it-security": "it_sicherheit",
    "learning-management-system": "schul_it",
    "payment-gateway": "digitale_zahlung",
    "mobile-payment": "digitale_zahlung",
    "procurement": "e_vergabe",
    "project-management": "projekt_innovation",
    "real-estate-management": "gebaeudemanagement",
    "taxes-management": "steuern_gebuehren",
    "translation": "uebersetzung_einfache_sprache",
    "video-conferencing": "zusammenarbeit",
    "visitor-management": "terminvergabe",
    "web-collaboration": "zusammenarbeit",
    "website-builder": "website_barrierefreiheit",
    "whistleblowing": "hinweisgeber_compliance",
    "workflow-management": "verwaltungsautomatisierung",
}
CATEGORY_OF = {topic: category for category, topic in reversed(CATEGORIES.items())}

# All keys of any version that have a meaning, the first level and those below it that we read.
KNOWN = frozenset(
    {
        "publiccodeYmlVersion",
        "name",
        "applicationSuite",
        "url",
        "landingURL",
        "isBasedOn",
        "softwareVersion",
        "releaseDate",
        "logo",
        "monochromeLogo",
        "inputTypes",
        "outputTypes",
        "platforms",
        "categories",
        "tags",
        "usedBy",
        "roadmap",
        "developmentStatus",
        "softwareType",
        "supports",
        "intendedAudience",
        "description",
        "legal",
        "maintenance",
        "localisation",
        "dependsOn",
        "organisation",
        "organizationUri",
        "fundedBy",
        "it",
        "IT",
        "publiccode-yaml-version",
    }
)
KNOWN_BELOW = {
    "description": frozenset(
        {
            "localisedName",
            "genericName",
            "shortDescription",
            "longDescription",
            "documentation",
            "apiDocumentation",
            "freeTags",
            "features",
            "screenshots",
            "videos",
            "awards",
        }
    ),
    "legal": frozenset({"license", "mainCopyrightOwner", "repoOwner", "authorsFile"}),
    "localisation": frozenset({"localisationReady", "availableLanguages"}),
    "intendedAudience": frozenset({"countries", "unsupportedCountries", "scope", "onlyFor"}),
    "maintenance": frozenset({"type", "contractors", "contacts"}),
    "organisation": frozenset({"name", "uri"}),
}
# Keys that later versions have given up, and what takes their place.
GIVEN_UP = {
    "publiccode-yaml-version": "publiccodeYmlVersion",
    "tags": "categories",
    "monochromeLogo": "logo",
    "organizationUri": "organisation/uri",
    "it": "supports",
    "IT": "supports",
}
READ = frozenset(
    {
        "publiccodeYmlVersion",
        "publiccode-yaml-version",
        "name",
        "url",
        "platforms",
        "categories",
        "tags",
        "developmentStatus",
        "softwareType",
        "supports",
        "description",
        "legal",
        "localisation",
    }
)
