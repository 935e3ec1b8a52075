"""How the columns of WooCommerce's export are called, and the kinds of products that are not sold here."""

from shop.importing.saying import said

MOST = 12  # attributes and downloads of a product that are read
NAMES = {
    "id": ("id",),
    "type": ("type", "typ"),
    "sku": ("sku", "artikelnummer"),
    "name": ("name",),
    "published": ("published", "veröffentlicht"),
    "visibility": ("visibility in catalog", "visibility in catalogue", "sichtbarkeit im katalog"),
    "short": ("short description", "kurzbeschreibung"),
    "description": ("description", "beschreibung"),
    "sale starts": ("date sale price starts", "datum, an dem angebotspreis beginnt"),
    "sale ends": ("date sale price ends", "datum, an dem angebotspreis endet"),
    "in stock": ("in stock?", "vorrätig?"),
    "stock": ("stock", "bestand", "lager"),
    "low": ("low stock amount", "geringe lagermenge"),
    "backorders": ("backorders allowed?", "lieferrückstande erlaubt?", "rückstände erlaubt?"),
    "sale price": ("sale price", "angebotspreis"),
    "price": ("regular price", "regulärer preis"),
    "categories": ("categories", "kategorien"),
    "tags": ("tags", "schlagwörter"),
    "images": ("images", "bilder"),
    "parent": ("parent", "übergeordnetes produkt"),
    "position": ("position",),
    **{f"attribute {n}": (f"attribute {n} name", f"attribut {n} name") for n in range(1, MOST)},
    **{f"values {n}": (f"attribute {n} value(s)", f"attribut {n} wert(e)") for n in range(1, MOST)},
    **{f"download {n}": (f"download {n} url",) for n in range(1, MOST)},
}
TELLING = {
    "visibility in catalog", "is featured?", "regular price", "date sale price starts", "in stock?",
    "backorders allowed?", "sold individually?", "external url", "grouped products", "attribute 1 value(s)",
    "sichtbarkeit im katalog", "ist hervorgehoben?", "regulärer preis", "vorrätig?", "attribut 1 wert(e)",
}  # fmt: skip
NOT_SOLD = {
    "grouped": said("a group of other products: they are sold one by one here"),
    "external": said("an external product: it is sold on another site"),
    "bundle": said("a bundle of other products"),
    "composite": said("a bundle of other products"),
    "subscription": said("a subscription: those are not sold here"),
    "variable-subscription": said("a subscription: those are not sold here"),
}
