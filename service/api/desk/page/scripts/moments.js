// Times as people read them. They are told as the article's own place tells them, never moved to the reader's zone.

import { language } from "./language.js";

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;
const ZONES = { "+07:00": "WIB", "+08:00": "WITA", "+09:00": "WIT", Z: "UTC", "+00:00": "UTC" };
const FORMS = {
  year: { year: "numeric" },
  month: { month: "long", year: "numeric" },
  day: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  minute: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};

/** `iso` in words of the page's language; as it stands where it is no ISO 8601 date or time. */
export function tellMoment(iso) {
  const parts = ISO.exec(iso ?? "");
  if (!parts) return iso ?? "";
  const [, year, month, day, hour, minute, zone] = parts;
  const grain = hour ? "minute" : day ? "day" : month ? "month" : "year";
  const moment = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0)));
  const locale = language() === "en" ? "en-GB" : "id-ID";
  const told = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...FORMS[grain] }).format(moment);
  return zone ? `${told} ${ZONES[zone] ?? `UTC${zone}`}` : told;
}

/** A value of a position: dates in words, everything else as it stands. */
export function tellValue(value) {
  const parts = value.split(" / ");
  return parts.map((part) => (part.length > 4 && ISO.test(part) ? tellMoment(part) : part)).join(" / ");
}

/** Something that sorts `iso` among others, whether it names a zone or not; `zone` stands in where it does not. */
export function order(iso, zone = "+07:00") {
  if (!ISO.test(iso ?? "")) return Number.POSITIVE_INFINITY;
  const whole = iso.includes("T") ? iso : `${iso.padEnd(10, "-01")}T00:00`;
  return Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(whole) ? whole : whole + zone);
}

/** The zone that `iso` names, or "". */
export const zoneOf = (iso) => ISO.exec(iso ?? "")?.[6] ?? "";
