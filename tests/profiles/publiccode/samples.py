"""Files of several versions, all invented."""

LONG = " ".join(["Das Amt legt Termine an und Menschen buchen sie ohne Anruf."] * 4)

V02 = f"""
publiccodeYmlVersion: "0.2"
name: Terminlotse
url: "https://code.example/terminlotse.git"
releaseDate: 2019-04-15
inputTypes: [text/plain]
platforms: [web]
tags: [appointment-scheduling, blog]
developmentStatus: beta
softwareType: "standalone/web"
description:
  en:
    genericName: Scheduler
    shortDescription: Book appointments at the town hall.
    longDescription: "{LONG}"
    features: [Reminders]
legal:
  license: AGPL-3.0-or-later
maintenance:
  type: internal
  contacts: [{{name: Max Beispiel}}]
localisation:
  localisationReady: yes
  availableLanguages: [en, it]
it:
  conforme: {{gdpr: yes}}
"""

V05 = f"""
publiccodeYmlVersion: '0.5.0'
name: Terminlotse
url: https://code.example/terminlotse
landingURL: https://terminlotse.example
platforms: web
categories:
  - appointment-scheduling
usedBy: [Stadt Beispiel]
developmentStatus: stable
softwareType: standalone/mobile
organizationUri: https://terminlotse.example
intendedAudience:
  countries: [fr]
description:
  de:
    localisedName: Der Terminlotse
    shortDescription: Termine im Rathaus buchen
    longDescription: >
      {LONG}
    features:
      - Erinnerung per E-Mail
      - Warteliste
    screenshots: [img/start.png]
  en:
    shortDescription: Appointments
legal:
  license: EUPL-1.2
  mainCopyrightOwner: Terminlotse GmbH
localisation:
  localisationReady: true
  availableLanguages: [de, en]
"""

V07 = f"""
publiccodeYmlVersion: 0.7.0
name: Terminlotse
url: https://code.example/terminlotse
platforms: [web, android]
developmentStatus: concept
softwareType: standalone/web
supports:
  - id: alias:eidas
  - id: alias:gdpr
organisation:
  uri: https://terminlotse.example
  nmae: vertippt
description:
  de:
    shortDescription: Termine im Rathaus buchen
    longDescription: "{LONG}"
    features: []
legal: {{license: EUPL-1.2}}
maintenance: {{type: internal, contacts: [{{name: Redaktion}}]}}
localisation: {{localisationReady: false, availableLanguages: [de]}}
vertippt: ja
"""
