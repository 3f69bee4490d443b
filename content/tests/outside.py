"""Makes the pictures of outside.rs: outside.py FOLDER, in which plain.png is."""

import datetime
import hashlib
import io
import json
import struct
import sys
import time
from pathlib import Path

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

folder = Path(sys.argv[1])
now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)


# Certificates: an authority, one between, and a signer, as C2PA's certificate profile wants them.


def name(common, organisation):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def certificate(key, subject, issuer, issuer_key, ca, start, end):
    usage = dict.fromkeys(
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only".split(),
        False,
    )
    usage |= {"key_cert_sign": True, "crl_sign": True} if ca else {"digital_signature": True}
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(authority, critical=False)
    )
    if not ca:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purpose, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def pem(*certificates):
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


def private(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def key():
    return ec.generate_private_key(ec.SECP256R1())


root, between, own, other = key(), key(), key(), key()
root_name, between_name = name("root", "Some Authority"), name("between", "Some Authority")
own_name = name("a signer", "Some Studio")
old, late = now - 400 * day, now + 400 * day
authority = certificate(root, root_name, root_name, root, True, old, late)
middle = certificate(between, between_name, root_name, root, True, old, late)
leaf = certificate(own, own_name, between_name, between, False, now - day, late)
stranger = certificate(other, root_name, root_name, other, True, old, late)
(folder / "authority.pem").write_bytes(pem(authority))
(folder / "other-authority.pem").write_bytes(pem(stranger))
(folder / "signer.pem").write_bytes(pem(leaf, middle))
(folder / "signer.key").write_bytes(private(own))
(folder / "other.key").write_bytes(private(other))
(folder / "signer.pub").write_bytes(
    own.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
)


# Signed pictures.

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MODEL = {
    "label": "org.tallystick.model",
    "data": {"genesis": "0x" + "11" * 32, "artifact": 42, "version": "0x" + "22" * 32},
}
MEDIA = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def sign(source, target, actions, more=(), parent=None, chain=(leaf, middle)):
    assertions = [{"label": "c2pa.actions.v2", "data": {"actions": actions}}, *more]
    definition = {
        "title": "a hill",
        "claim_generator_info": [{"name": "painter", "version": "1.0"}],
        "assertions": assertions,
    }
    info = c2pa.C2paSignerInfo("es256", pem(*chain), private(own), None)
    builder = c2pa.Builder(json.dumps(definition))
    if parent:
        ingredient = {"title": "before", "relationship": "parentOf", "label": "before"}
        with open(folder / parent, "rb") as file:
            builder.add_ingredient_from_stream(json.dumps(ingredient), "image/png", file)
    with c2pa.Signer.from_info(info) as signer, open(folder / source, "rb") as file:
        with open(folder / target, "w+b") as out:
            return builder.sign(signer, MEDIA[target.split(".")[1]], file, out)


def created(kind):
    return [{"action": "c2pa.created", "digitalSourceType": SOURCE + kind}]


EDITED = [
    {"action": "c2pa.opened", "parameters": {"ingredientIds": ["before"]}},
    {"action": "c2pa.edited", "description": "a darker sky"},
]

plain = Image.open(folder / "plain.png")
plain.load()
plain.save(folder / "plain.jpg", quality=90)
plain.save(folder / "plain.webp", lossless=True)
changed = plain.point(lambda value: value * 9 // 10)
changed.save(folder / "changed.png")

generated = created("trainedAlgorithmicMedia")
(folder / "generated.c2pa").write_bytes(sign("plain.png", "generated.png", generated, [MODEL]))
sign("plain.jpg", "generated.jpg", generated)
sign("plain.webp", "generated.webp", generated)
sign("plain.png", "captured.png", created("digitalCapture"))
sign("plain.png", "drawn.png", created("digitalCreation"))
sign("changed.png", "edited.png", EDITED, parent="captured.png")
sign("changed.png", "edited-generated.png", EDITED, parent="generated.png")

# A certificate that is in its time when it signs, and past it when this is read.
soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=8)
brief = certificate(own, own_name, between_name, between, False, now - day, soon)
(folder / "expired.pem").write_bytes(pem(brief, middle))
sign("plain.png", "expired.png", created("digitalCapture"), chain=(brief, middle))


# Saved again, without and with loss.

generated = Image.open(folder / "generated.png")
generated.load()
generated.save(folder / "saved.png", compress_level=1)
generated.save(folder / "saved.webp", lossless=True)
generated.save(folder / "saved.bmp")
generated.convert("RGBA").save(folder / "saved-rgba.png")
generated.save(folder / "lossy-90.jpg", quality=90)
generated.save(folder / "lossy-40.jpg", quality=40)
generated.save(folder / "lossy.webp", quality=60)
generated.resize((80, 60)).save(folder / "small.jpg", quality=80)


# The canonical form of the pixels, from Pillow's numbers.


def digest(width, height, values):
    """Of 16-bit values (r, g, b, a)."""
    body = io.BytesIO()
    for r, g, b, a in values:
        body.write(struct.pack(">4H", *((r, g, b, a) if a else (0, 0, 0, 0))))
    header = b"tallystick/pixels/1" + struct.pack(">2I", width, height)
    return hashlib.sha256(header + body.getvalue()).hexdigest()


def eight(image):
    flat = image.convert("RGBA").tobytes()
    values = [tuple(v * 257 for v in flat[at : at + 4]) for at in range(0, len(flat), 4)]
    return digest(*image.size, values)


def write(target, value):
    (folder / target).write_text(value)


write("pixels.sha256", eight(generated))

holes = generated.convert("RGBA")
holes.putalpha(Image.linear_gradient("L").resize(holes.size).point(lambda v: max(0, v - 60)))
holes.save(folder / "holes.png")
holes.save(folder / "holes.webp", lossless=True, exact=False)
write("holes.sha256", eight(holes))

palette = generated.quantize(11)
palette.save(folder / "palette.png", bits=4, transparency=3)
write("palette.sha256", eight(Image.open(folder / "palette.png")))

deep = Image.new("I;16", (31, 17))
for y in range(17):
    for x in range(31):
        deep.putpixel((x, y), x * 2000 + y)
deep.save(folder / "deep.png")
grey = [(x * 2000 + y,) * 3 + (65535,) for y in range(17) for x in range(31)]
write("deep.sha256", digest(31, 17, grey))

exif = Image.Exif()
exif[0x0112] = 6
generated.save(folder / "turned.png", exif=exif)
write("turned.sha256", eight(generated.transpose(Image.Transpose.ROTATE_270)))

while datetime.datetime.now(datetime.timezone.utc) < soon + datetime.timedelta(seconds=1):
    time.sleep(0.1)
