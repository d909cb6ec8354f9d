import pytest
from tests.e2e.test_accessibility import problems
def test_mine(site, page):
    page.emulate_media(color_scheme="dark"); page.set_viewport_size({"width":390,"height":900})
    page.goto(f"{site}/seiten/datenschutz/"); 
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert problems(page)==[]
    page.goto(f"{site}/barriere-melden/")
    page.fill("input[type=email]","x"); page.locator("form[action*=barriere] button[type=submit]").click()
    page.wait_for_selector(".error-summary"); assert problems(page)==[]
    page.fill("textarea","Knopf ohne Namen"); page.fill("input[type=email]","a@b.example"); page.locator("form[action*=barriere] button[type=submit]").click()
    page.wait_for_url("**receipt**"); assert problems(page)==[]
    page.screenshot(path="/tmp/shot_thanks.png", full_page=True)
def test_admin(site, page, django_db_blocker):
    from profiles.models import User, Solution
    msgs=[]; page.on("console", lambda m: msgs.append((page.url[-60:], m.text[:300])))
    with django_db_blocker.unblock():
        u=User.objects.create_superuser("boss@x.example","boss-passwort-1")
        pk=Solution.objects.first().pk
    page.set_viewport_size({"width":1280,"height":900})
    page.goto(f"{site}/admin/")
    page.fill("main input[type=email]","boss@x.example"); page.fill("main input[type=password]","boss-passwort-1"); page.locator("main form button[type=submit]").click()
    page.wait_for_timeout(1500); print(page.url); page.screenshot(path="/tmp/shot_admin.png")
    page.goto(f"{site}/admin/profiles/solution/{pk}/change/"); page.screenshot(path="/tmp/shot_admin_solution.png", full_page=True)
    page.locator("#select2-id_provider-container").click(); page.keyboard.type("GmbH"); page.wait_for_timeout(1200)
    page.screenshot(path="/tmp/shot_admin_auto.png")
    page.goto(f"{site}/admin/profiles/solution/"); page.screenshot(path="/tmp/shot_admin_solutions.png")
    page.goto(f"{site}/admin/profiles/topic/"); page.screenshot(path="/tmp/shot_admin_topics.png")
    page.goto(f"{site}/admin/profiles/organisation/"); 
    print(msgs)
