"""What the outside tools do for the tests: tools.py COMMAND ARGUMENT..."""

import datetime
import json
import sys
from pathlib import Path


def signer(place):
    """Writes a P-256 key: PLACE.pem, PLACE.pub."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    Path(f"{place}.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    Path(f"{place}.pub").write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )


def certificates(place):
    """Writes an authority and a signer that it vouches for: PLACE.authority.pem, PLACE.pem, PLACE.chain.pem,
    PLACE.pub."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    now = datetime.datetime.now(datetime.timezone.utc)
    year = datetime.timedelta(days=365)

    def name(common):
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Some Authority"),
                x509.NameAttribute(NameOID.COMMON_NAME, common),
            ]
        )

    def certificate(key, subject, issuer_key, ca):
        usage = dict.fromkeys(
            "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
            "key_cert_sign crl_sign encipher_only decipher_only".split(),
            False,
        )
        usage |= {"key_cert_sign": True, "crl_sign": True} if ca else {"digital_signature": True}
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name("root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - year)
            .not_valid_after(now + year)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
                critical=False,
            )
        )
        if not ca:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
            builder = builder.add_extension(purpose, critical=False)
        return builder.sign(issuer_key, hashes.SHA256())

    signer(place)
    key = serialization.load_pem_private_key(Path(f"{place}.pem").read_bytes(), None)
    root = ec.generate_private_key(ec.SECP256R1())

    def pem(certificate):
        return certificate.public_bytes(serialization.Encoding.PEM)

    Path(f"{place}.authority.pem").write_bytes(pem(certificate(root, name("root"), root, True)))
    Path(f"{place}.chain.pem").write_bytes(pem(certificate(key, name("a signer"), root, False)))


def scene(seed, target):
    """Draws a picture that is not plain."""
    from PIL import Image, ImageDraw, ImageFilter
    import random

    dice = random.Random(int(seed))
    picture = Image.new("RGB", (320, 240))
    draw = ImageDraw.Draw(picture)
    for y in range(240):
        draw.line((0, y, 320, y), (y // 2, 90 + y // 3, 220 - y // 2))
    for _ in range(14):
        x, y, size = dice.randrange(320), dice.randrange(240), dice.randrange(20, 90)
        colour = tuple(dice.randrange(256) for _ in range(3))
        draw.ellipse((x - size, y - size, x + size, y + size), colour)
    picture.filter(ImageFilter.GaussianBlur(1.5)).save(target)


def sign_picture(place, source, target, kind, model=None):
    """Signs a picture with the key of PLACE, as made by KIND; MODEL is a JSON document."""
    import c2pa

    chain, key = (Path(f"{place}.{end}").read_bytes() for end in ("chain.pem", "pem"))
    source_type = "http://cv.iptc.org/newscodes/digitalsourcetype/" + kind
    actions = [{"action": "c2pa.created", "digitalSourceType": source_type}]
    assertions = [{"label": "c2pa.actions.v2", "data": {"actions": actions}}]
    if model:
        assertions.append({"label": "org.tallystick.model", "data": json.loads(model)})
    definition = {
        "title": "a picture",
        "claim_generator_info": [{"name": "painter", "version": "1.0"}],
        "assertions": assertions,
    }
    info = c2pa.C2paSignerInfo("es256", chain, key, None)
    builder = c2pa.Builder(json.dumps(definition))
    with c2pa.Signer.from_info(info) as signer, open(source, "rb") as file:
        with open(target, "w+b") as out:
            builder.sign(signer, "image/png", file, out)


def save_again(source, target, quality=None):
    """Saves a picture again, without its manifest: without loss, where no quality is named."""
    from PIL import Image

    picture = Image.open(source)
    picture.load()
    how = {"quality": int(quality)} if quality else {}
    if not quality and target.endswith(".webp"):
        how = {"lossless": True}
    picture.save(target, **how)


def cyclonedx(document):
    """Validates a bill of materials strictly, and reads it."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = Path(document).read_text()
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert error is None, error
    bom = Bom.from_json(json.loads(text))
    bom.validate()
    print(len(bom.components) + 1)


def spdx(document):
    """Reads an SPDX 3 document into the model, which checks types and cardinalities."""
    from spdx_python_model import v3_0_1 as spdx

    objects = spdx.SHACLObjectSet()
    with open(document, "rb") as file:
        spdx.JSONLDDeserializer().read(file, objects)
    assert not objects.missing_ids, objects.missing_ids
    kinds = (spdx.ai_AIPackage, spdx.dataset_DatasetPackage, spdx.software_Package)
    print(len({o for kind in kinds for o in objects.foreach_type(kind, match_subclass=False)}))


COMMANDS = {
    "signer": signer,
    "certificates": certificates,
    "scene": scene,
    "sign-picture": sign_picture,
    "save-again": save_again,
    "cyclonedx": cyclonedx,
    "spdx": spdx,
}
COMMANDS[sys.argv[1]](*sys.argv[2:])
