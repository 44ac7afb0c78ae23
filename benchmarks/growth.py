"""``python -m benchmarks.growth``: how the cost of checking articles against each other grows with their claims.

Reports are made from templates: many invented events of five kinds, five outlets on each, with figures and choices of
sentences that partly differ. The names are made of syllables by a seeded generator, so that every run reads the same
texts. CPU time of this process; each size is measured once, after the smallest has warmed the caches. The exponent is
that of a power law through the first and the last size: 1 is linear; n log n over this range lies at about 1.15.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import machine
from service import pipeline
from service.memory import collect_seldom
from service.pipeline.annotations import Analysis, Article

RESULT = Path(__file__).parent / "results" / "growth.json"
SIZES = (200, 600, 2_000, 6_000, 20_000)
SIZES_OF_ONE = (200, 600, 2_000, 6_000)
REQUEST_ARTICLES, REQUEST_WORDS = 50, 400
OUTLETS = ("Warta Lintang", "Kabar Senja", "Harian Purnama", "Suara Muara", "Berita Jenggala")
_SYLLABLES = (
    "ba",
    "ru",
    "ta",
    "mo",
    "li",
    "sa",
    "ka",
    "ne",
    "wi",
    "do",
    "pa",
    "gu",
    "ra",
    "ti",
    "jo",
    "me",
    "lu",
    "ya",
)
_WIB = timezone(timedelta(hours=7))
_START = datetime(2026, 3, 2, 9, tzinfo=_WIB)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# each report opens with the first sentence of its kind and goes on with some of the others
_KINDS = (
    (
        "Sebanyak {dead} orang tewas akibat banjir bandang di Desa {village}, Kecamatan {district}, {day}.",
        "Bupati {district} {official} mengatakan sedikitnya {homes} rumah terendam lumpur.",
        '"Air datang tiba-tiba, warga tidak sempat menyelamatkan barang," kata {official}.',
        "Tanggul Sungai {river} jebol pada {day} sekitar pukul 02.00 WIB, menurut {official}.",
        "Kepala Desa {village} {head} membantah warga pernah menerima peringatan.",
        "Bantuan senilai Rp {aid} juta disalurkan kepada {families} keluarga, ujar {official}.",
        "{hurt} orang mengungsi ke balai desa, kata {head}.",
        "Jembatan {river} putus sehingga {witnesses} keluarga terisolasi, menurut {head}.",
        '"Alat berat baru tiba siang hari," tutur {police}, seorang relawan.',
        "Petani {village} merugi karena {aid} hektare sawah gagal panen, kata {head}.",
    ),
    (
        "Kebakaran melanda Pasar {village} di Kecamatan {district}, {day}.",
        "Kapolsek {district} {police} menyebut {homes} kios hangus.",
        "Kerugian pedagang ditaksir Rp {aid} juta, kata {official}.",
        '"Api berasal dari kios di blok belakang," ujar {police}.',
        "Pengelola pasar {head} membantah ada arus pendek.",
        "Polisi menangkap {witnesses} orang yang mencuri barang, menurut {police}.",
        "{official} mengatakan {families} pedagang akan dipindahkan ke lapangan {river}.",
        "{hurt} pedagang dirawat karena menghirup asap, kata {head}.",
        "Sebanyak {dead} mobil pemadam dikerahkan, ujar {official}.",
        '"Kami menuntut pasar segera dibangun kembali," kata {head}.',
    ),
    (
        "Bus {river} yang membawa {families} penumpang terguling di Jalan {village}, {district}, {day}.",
        "{dead} penumpang meninggal dunia, kata {official}.",
        "Sopir bus, {head}, ditetapkan sebagai tersangka, ujar {police}.",
        '"Remnya tidak berfungsi di turunan," kata {police}.',
        "Pemilik bus {river} membantah kendaraannya tidak laik jalan.",
        "Santunan Rp {aid} juta diberikan kepada ahli waris, menurut {official}.",
        "Sebanyak {homes} kendaraan terjebak macet, kata {police}.",
        "Polisi meminta keterangan {witnesses} saksi, ujar {police}.",
        "{hurt} korban luka dipulangkan dari rumah sakit {district}, menurut {official}.",
        '"Saya mendengar suara ledakan ban," tutur {head} kepada penyidik.',
    ),
    (
        "PT {river} Sentosa gagal membayar utang Rp {aid} miliar, kata direkturnya, {official}, {day}.",
        "Sebanyak {families} karyawan pabrik {village} dirumahkan, menurut {head}.",
        '"Kami tidak pernah menunggak gaji," kata {official}.',
        "Serikat pekerja yang dipimpin {head} membantah pernyataan itu.",
        "Saham perusahaan anjlok {dead} persen, ujar analis {police}.",
        "Pengadilan menerima {witnesses} gugatan dari pemasok, kata {police}.",
        "Laba perusahaan turun menjadi Rp {homes} juta, menurut {official}.",
        '"Pembeli baru akan masuk bulan depan," ujar {official}.',
        "Gudang di {district} disita bank, kata {head}.",
        "{hurt} truk milik perusahaan dijual, menurut {police}.",
    ),
    (
        "Pengadilan {district} menghukum mantan camat {head} {dead} tahun penjara, {day}.",
        "Jaksa {police} menyatakan negara rugi Rp {aid} juta dalam pembangunan Jalan {village}.",
        '"Klien kami tidak pernah menerima uang itu," kata pengacara {official}.',
        "Hakim menyita {homes} bidang tanah milik {head}, ujar {police}.",
        "Sidang menghadirkan {witnesses} saksi dan {families} dokumen, menurut {police}.",
        "{official} membantah kliennya menyuruh siapa pun memalsukan kuitansi.",
        '"Putusan ini terlalu berat," ujar {official}.',
        "Warga {village} mengumpulkan {hurt} tanda tangan untuk terdakwa, kata {official}.",
        "Kontraktor {river} masih buron, menurut {police}.",
        "Jaksa akan mengajukan banding, kata {police}.",
    ),
)
_FURTHER = 6


def main() -> None:
    """Measure, print, and keep the curve."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of claims")
    parser.add_argument("--out", type=Path, default=RESULT, help="where the result is kept")
    options = parser.parse_args()
    resources = pipeline.load()
    collect_seldom()
    result = {
        "machine": machine.describe(),
        "baseline_loop_ms": round(machine.time_baseline(5), 3),
        "one_request": measure_request(resources),
        "many_events": measure_curve(options.sizes, reports, resources),
        "one_event": measure_curve(
            [size for size in SIZES_OF_ONE if size <= max(options.sizes)], retellings, resources
        ),
    }
    result["exponents"] = {name: exponent(result[name]) for name in ("many_events", "one_event")}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print_result(result)


def reports(seed: int = 0) -> Iterator[Article]:
    """Articles without end, five on each event."""
    random = Random(seed)
    event = 0
    while True:
        yield from _event(event, random)
        event += 1


def retellings() -> Iterator[Article]:
    """Articles without end on one event, each from another outlet."""
    turn = 0
    while True:
        for article in _event(0, Random(7)):
            yield replace(article, id=f"{turn}-{article.id}", source=f"{article.source} {turn}")
        turn += 1


def _event(number: int, random: Random) -> list[Article]:
    def name() -> str:
        return "".join(random.choice(_SYLLABLES) for _ in range(3)).capitalize()

    names = {key: name() for key in ("village", "district", "river")}
    names |= {key: f"{name()} {name()}" for key in ("official", "head", "police")}
    figures = {key: random.randint(2, 900) for key in ("dead", "hurt", "homes", "aid", "families", "witnesses")}
    began = _START + timedelta(days=number % 300)
    opening, *others = _KINDS[number % len(_KINDS)]
    chosen = random.sample(range(len(others)), _FURTHER + 1)
    day = f"{_DAYS[began.weekday()]} ({began.day}/{began.month}/{began.year})"
    found = []
    for place, outlet in enumerate(OUTLETS):
        given = {key: value + (place if random.random() < 0.2 else 0) for key, value in figures.items()}
        kept = sorted(random.sample(chosen, _FURTHER))
        text = " ".join((opening, *(others[index] for index in kept))).format(day=day, **names, **given)
        text = f"{outlet.upper()} - {text}"
        moment = began + timedelta(hours=9)
        found.append(Article(f"{number}-{place}", text, source=outlet, language="id", published_at=moment))
    return found


def measure_curve(
    sizes: Sequence[int], make: Callable[[], Iterator[Article]], resources: pipeline.Resources
) -> list[dict[str, Any]]:
    """CPU seconds of ``cross_check`` for each number of claims in the articles of ``make``, after a first small run."""
    articles: list[Article] = []
    analyses: list[Analysis] = []
    claims = 0
    stream = make()
    pipeline.cross_check(pipeline.analyze(list(_take(stream, 10)), resources), resources)
    curve = []
    stream = make()
    for size in sorted(sizes):
        while claims < size:
            batch = list(_take(stream, len(OUTLETS)))
            found = pipeline.analyze(batch, resources)
            articles += batch
            analyses += found
            claims += sum(len(analysis.claims) for analysis in found)
        began = time.process_time()
        check = pipeline.cross_check(analyses, resources)
        seconds = time.process_time() - began
        curve.append(
            {
                "claims": claims,
                "articles": len(articles),
                "conflicts": len(check.conflicts),
                "agreements": len(check.agreements),
                "cross_check_cpu_seconds": round(seconds, 3),
                "cpu_ms_per_claim": round(1000 * seconds / claims, 4),
            }
        )
    return curve


def measure_request(resources: pipeline.Resources) -> dict[str, Any]:
    """CPU seconds of one request of 50 articles of 400 words, from their texts on."""
    stream = reports(seed=1)
    articles: list[Article] = []
    bodies: list[list[str]] = [[] for _ in OUTLETS]
    while len(articles) < REQUEST_ARTICLES:
        for body, article in zip(bodies, _take(stream, len(OUTLETS)), strict=True):
            body.extend(article.text.split(" - ", 1)[1].split())
        if len(bodies[0]) >= REQUEST_WORDS:
            for outlet, own in zip(OUTLETS, bodies, strict=True):
                text = f"{outlet.upper()} - {' '.join(own[:REQUEST_WORDS])}."
                articles.append(Article(f"r{len(articles)}", text, source=outlet, language="id", published_at=_START))
                own.clear()
    began = time.process_time()
    analyses: Sequence[Analysis] = pipeline.analyze(articles, resources)
    analyzed = time.process_time()
    pipeline.cross_check(analyses, resources)
    done = time.process_time()
    return {
        "articles": len(articles),
        "words": sum(len(article.text.split()) for article in articles),
        "claims": sum(len(analysis.claims) for analysis in analyses),
        "analyze_cpu_seconds": round(analyzed - began, 3),
        "cross_check_cpu_seconds": round(done - analyzed, 3),
        "all_cpu_seconds": round(done - began, 3),
    }


def exponent(curve: Sequence[dict[str, Any]]) -> float:
    """The exponent of the power law through the ends of ``curve``."""
    first, last = curve[0], curve[-1]
    if first["claims"] == last["claims"]:
        return 1.0
    cost = math.log(last["cross_check_cpu_seconds"] / max(first["cross_check_cpu_seconds"], 1e-3))
    return round(cost / math.log(last["claims"] / first["claims"]), 3)


def _take(stream: Iterator[Article], count: int) -> Iterator[Article]:
    for _ in range(count):
        yield next(stream)


def print_result(result: dict[str, Any]) -> None:
    """Print a result for a person."""
    request = result["one_request"]
    print(f"one request: {request['articles']} articles, {request['words']} words, {request['claims']} claims:")
    print(f"  analyze {request['analyze_cpu_seconds']:.2f}, cross-check {request['cross_check_cpu_seconds']:.2f} CPU s")
    for name, told in (("many_events", "many events"), ("one_event", "one event")):
        print(f"growth of cross-checking, {told}: exponent {result['exponents'][name]}")
        for point in result[name]:
            print(
                f"  {point['claims']:>6} claims, {point['articles']:>5} articles"
                f"{point['cross_check_cpu_seconds']:>9.2f} CPU s {point['cpu_ms_per_claim']:>7.3f} ms a claim, "
                f"{point['conflicts']} conflicts, {point['agreements']} agreements"
            )


if __name__ == "__main__":
    main()
