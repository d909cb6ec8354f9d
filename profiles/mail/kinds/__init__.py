"""Every kind of mail that the marketplace sends: one entry here, two templates in templates/mail/.

`<key>.txt` fills the blocks `subject` and `text` of its layout, `<key>.html` those of its own. What
they say differs from mail to mail by `context` alone, which holds short texts; addresses in it are
whole ones. `sample` has the same keys: the preview in the administration shows it.
"""

from profiles.mail.kinds.accounts import ACCOUNTS
from profiles.mail.kinds.applications import APPLICATIONS
from profiles.mail.kinds.challenges import CHALLENGES
from profiles.mail.kinds.contact import CONTACT
from profiles.mail.kinds.demand import DEMAND
from profiles.mail.kinds.kind import MailKind as MailKind
from profiles.mail.kinds.organisations import ORGANISATIONS
from profiles.mail.kinds.solutions import SOLUTIONS

SUBJECTS = (ORGANISATIONS, CONTACT, SOLUTIONS, DEMAND, CHALLENGES, APPLICATIONS, ACCOUNTS)
KINDS = {kind.key: kind for subject in SUBJECTS for kind in subject.kinds}
SWITCHABLE = [kind for kind in KINDS.values() if kind.may_be_switched_off]
