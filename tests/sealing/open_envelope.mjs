// Opens envelopes of version 1 from docs/envelope.md alone, with @hpke and the platform's own cryptography.
// Standard input: [{name, seed (hex), envelope (base64)}]; standard output: for each {name, id, key_id, content} or {name, refused}.
import { createHash, hkdfSync, createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const HEADER_FIELDS =
  "bucket,commitment,first_team,form_version,received_hour,reference,schema_hash,suite,version";
const META_FIELDS = "epoch,key_id,kind,team";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const derive = (secret, label) => Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), label, 32));

function refuse(why) {
  throw new Error(why);
}

function lengthPrefixed(...fields) {
  return Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(field);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function canonical(bytes, fields) {
  const value = JSON.parse(bytes.toString("ascii"));
  const names = Object.keys(value).sort();
  if (names.join() !== fields) refuse("unknown fields");
  const written = JSON.stringify(Object.fromEntries(names.map((name) => [name, value[name]])));
  if (written !== bytes.toString("ascii")) refuse("not canonical");
  return value;
}

function reader(bytes) {
  let at = 0;
  const take = (length) => {
    if (at + length > bytes.length) refuse("cut short");
    at += length;
    return bytes.subarray(at - length, at);
  };
  return { take, number: (width) => take(width).readUIntBE(0, width), finished: () => at === bytes.length };
}

function parse(envelope) {
  const from = reader(envelope);
  if (from.take(4).toString("latin1") !== "DSR1") refuse("not version 1");
  const headerBytes = from.take(from.number(4));
  const header = canonical(headerBytes, HEADER_FIELDS);
  if (header.version !== 1 || header.suite !== "x-wing.hkdf-sha256.aes-256-gcm") refuse("unknown suite");
  const wraps = [];
  for (let left = from.number(1); left > 0; left -= 1) {
    const meta = canonical(from.take(from.number(2)), META_FIELDS);
    wraps.push({ meta, enc: from.take(1120), encrypted: from.take(48) });
  }
  const nonce = from.take(12);
  const body = from.take(header.bucket);
  const tag = from.take(16);
  if (!from.finished()) refuse("bytes after the end");
  return { header, hash: sha256(headerBytes), wraps, nonce, body, tag };
}

function unpadded(padded) {
  const end = 4 + padded.readUInt32BE(0);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) refuse("padded wrongly");
  return padded.subarray(4, end);
}

async function open(envelope, seed) {
  const parsed = parse(envelope);
  const pair = await suite.kem.generateKeyPairDerand(new Uint8Array(seed));
  const publicBytes = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey));
  const keyId = sha256(publicBytes).subarray(0, 16).toString("hex");
  const own = parsed.wraps.find((wrap) => wrap.meta.key_id === keyId) ?? refuse("not addressed to this key");
  const { kind, team, epoch } = own.meta;
  const info = lengthPrefixed("dsr/v1/wrap-cek", parsed.hash, kind, keyId, team, String(epoch));
  const recipient = await suite.createRecipientContext({ recipientKey: pair.privateKey, enc: own.enc, info });
  const cek = Buffer.from(await recipient.open(own.encrypted));
  if (derive(cek, "dsr/v1/commit").toString("hex") !== parsed.header.commitment) refuse("another key");
  const cipher = createDecipheriv("aes-256-gcm", derive(cek, "dsr/v1/enc"), parsed.nonce);
  cipher.setAAD(parsed.hash).setAuthTag(parsed.tag);
  const content = unpadded(Buffer.concat([cipher.update(parsed.body), cipher.final()]));
  return { id: parsed.hash.toString("hex"), key_id: keyId, content: content.toString("base64") };
}

const answers = [];
for (const { name, seed, envelope } of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    answers.push({ name, ...(await open(Buffer.from(envelope, "base64"), Buffer.from(seed, "hex"))) });
  } catch (fault) {
    answers.push({ name, refused: String(fault.message || fault) });
  }
}
process.stdout.write(JSON.stringify(answers));
