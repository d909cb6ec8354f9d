"""The read API: /api/v1/. Here stands what Django REST framework itself needs while it loads."""

from rest_framework.pagination import PageNumberPagination


class Pagination(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
