#!/bin/sh
# The report in a browser, on a phone's width, a desk's width and on paper: nothing is cut or
# runs out of the page, every drawing has its words, every link its target, nothing is fetched
# from elsewhere, the console stays silent. Skipped (77) where there is no Chromium.
# browser.sh [DIR]: the report in DIR, else that of the bundled example.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
browser=
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        browser=$name
        break
    fi
done
if [ -z "$browser" ]; then
    echo "browser.sh: no Chromium here, skipped"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

fail()
{
    echo "browser.sh: $*"
    bad=1
}

run_browser()
{
    timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --hide-scrollbars --enable-logging=stderr --user-data-dir="$work/profile" "$@"
}

if [ $# -gt 0 ]; then
    mkdir "$work/out"
    cp -r "$1/." "$work/out"
else
    "$PALLADIUM" simulate "$here/studies/example/spec.yaml" --out "$work/data" >/dev/null 2>&1
    "$PALLADIUM" run "$here/studies/example/study.yaml" --data "$work/data" \
        --out "$work/out" --quiet >/dev/null
fi
report=$work/out/report.html

# What the page fetches: nothing from another place, and its own files are there.
if grep -Eo '(src|href)="[^"#]*"' "$report" | grep -E '"(https?:)?//' ; then
    fail "the page names another server"
fi
if grep -E '@import|url\((https?:|//)' "$report"; then
    fail "a style fetches something"
fi
for file in $(grep -Eo 'href="figures/[^"]*"' "$report" | sed 's/href="//;s/"$//' | sort -u); do
    [ -s "$work/out/$file" ] || fail "$file is linked and not there"
done

# The same page with a probe at its end that writes what it finds as the page's title.
probe=$work/out/probe.html
cp "$report" "$probe"
cat >>"$probe" <<'PROBE'
<script>
const wrong = [];
const limit = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > limit) {
    wrong.push('the page is ' + document.documentElement.scrollWidth + ' wide on ' + limit);
}
const seen = new Set();
for (const element of document.querySelectorAll('[id]')) {
    if (seen.has(element.id)) wrong.push('twice the id ' + element.id);
    seen.add(element.id);
}
for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!seen.has(link.getAttribute('href').slice(1))) {
        wrong.push('no target for ' + link.getAttribute('href'));
    }
}
let drawn = 0;
for (const svg of document.querySelectorAll('svg')) {
    const title = svg.querySelector('title');
    const desc = svg.querySelector('desc');
    const name = title ? title.textContent : '?';
    if (!title || !title.textContent || !desc || !desc.textContent) wrong.push('no words: ' + name);
    if (svg.getAttribute('role') !== 'img') wrong.push('no role: ' + name);
    const box = svg.getBoundingClientRect();
    if (box.width === 0) continue;
    drawn++;
    if (box.width > limit) wrong.push('too wide: ' + name);
    for (const text of svg.querySelectorAll('text')) {
        const own = text.getBoundingClientRect();
        if (own.left < box.left - 1 || own.right > box.right + 1 ||
            own.top < box.top - 1 || own.bottom > box.bottom + 1) {
            wrong.push('cut in ' + name + ': ' + text.textContent);
        }
        if (parseFloat(getComputedStyle(text).fontSize) * box.width /
            svg.viewBox.baseVal.width < 9.5) {
            wrong.push('too small in ' + name + ': ' + text.textContent);
        }
    }
}
if (drawn < 12) wrong.push('only ' + drawn + ' drawings are shown');
if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
for (const table of document.querySelectorAll('table')) {
    if (!table.caption || !table.tHead) wrong.push('a table without caption or head');
}
parent.postMessage(innerWidth + ' ' + (wrong.length ? wrong.join(' | ') : 'fine'), '*');
</script>
PROBE

# A window cannot be as narrow as a phone; a frame can.
for width in 390 768 1280; do
    cat >"$work/frame.html" <<FRAME
<!DOCTYPE html><title>waiting</title>
<script>addEventListener('message', (event) => { document.title = 'PROBE ' + event.data; });</script>
<iframe src="out/probe.html" width="$width" height="900" style="border: 0"></iframe>
FRAME
    run_browser --window-size=1400,1000 --dump-dom --virtual-time-budget=5000 \
        "file://$work/frame.html" >"$work/dom" 2>"$work/log" || fail "the browser failed at $width"
    found=$(sed -n 's/.*<title>PROBE \(.*\)<\/title>.*/\1/p' "$work/dom" | head -n 1)
    [ "$found" = "$width fine" ] || fail "at $width: ${found:-nothing found}"
    if grep 'CONSOLE' "$work/log"; then
        fail "the console is not silent at $width"
    fi
done

run_browser --no-pdf-header-footer --print-to-pdf="$work/report.pdf" "file://$report" \
    >/dev/null 2>"$work/log" || fail "printing failed"
if [ "$(head -c 5 "$work/report.pdf" 2>/dev/null)" != "%PDF-" ]; then
    fail "printing gave no pdf"
fi
pages=$(grep -ac '/Type */Page\b' "$work/report.pdf" || true)
if [ "${pages:-0}" -gt 60 ]; then
    fail "the printed report has $pages pages"
fi
[ "$bad" -eq 0 ] && echo "browser.sh: the report is fine at 390, 768 and 1280, and in print"
exit "$bad"
