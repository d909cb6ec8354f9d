from rest_framework.routers import SimpleRouter

from challenges.calls import api as calls
from challenges.needs import api as needs
from challenges.opendata import api as opendata
from criteria import api as criteria
from criteria.assessments.api import AssessmentViewSet
from profiles import api as profiles

router = SimpleRouter()
router.register("solutions", profiles.SolutionViewSet)
router.register("providers", profiles.ProviderViewSet)
router.register("challenges", calls.ChallengeViewSet)
router.register("ocds/releases", opendata.ReleaseViewSet, basename="ocds-release")
router.register("ocds/records", opendata.RecordViewSet, basename="ocds-record")
router.register("organisations", profiles.OrganisationViewSet)
router.register("municipalities", profiles.MunicipalityViewSet)
router.register("topics", profiles.TopicViewSet)
router.register("technology-tags", profiles.TechnologyTagViewSet, basename="technology-tag")
router.register("standards", profiles.StandardViewSet)
router.register("states", profiles.StateViewSet)
router.register("size-classes", profiles.SizeClassViewSet, basename="size-class")
router.register("criteria", criteria.CriterionViewSet, basename="criterion")
router.register("catalogues", criteria.CatalogueViewSet)
router.register("criteria-terms", criteria.CriterionTermViewSet, basename="criteria-term")

# One answer each, without rows.
single = {"challenge-figures": opendata.FiguresView}

# For members, of their own rows: not among the public endpoints that the page describes.
members_router = SimpleRouter()
members_router.register("assessments", AssessmentViewSet, basename="assessment")
router.register("needs", needs.NeedViewSet)
