#include "source/sniff.h"

#include <string.h>

#define SAVE_AS_XLSX "open it in a spreadsheet program and save it as .xlsx"
#define UNPACK "unpack it and give the file within"

enum { LINK_SIZE_MAX = 4096 };

/* A NUL may be part of a mark, so each has its size. */
static const struct mark {
    struct pal_view bytes;
    enum pal_content content;
    const char *what;
    const char *advice;
} marks[] = {
    {{"PK\x03\x04", 4}, PAL_CONTENT_ZIP, NULL, NULL},
    {{"PK\x05\x06", 4}, PAL_CONTENT_ZIP, NULL, NULL},
    {{"\x1F\x8B", 2}, PAL_CONTENT_GZIP, NULL, NULL},
    {{"version https://git-lfs", 23},
     PAL_CONTENT_REFUSED,
     "a Git LFS pointer, not the data it points to",
     "fetch the data with `git lfs pull`"},
    {{"%PDF-", 5},
     PAL_CONTENT_REFUSED,
     "a PDF document",
     "ask for the release as a spreadsheet, or copy its tables into one"},
    {{"\x89PNG", 4},
     PAL_CONTENT_REFUSED,
     "a picture (PNG)",
     "give the table as xlsx or csv"},
    {{"\xFF\xD8\xFF", 3},
     PAL_CONTENT_REFUSED,
     "a picture (JPEG)",
     "give the table as xlsx or csv"},
    {{"GIF87a", 6},
     PAL_CONTENT_REFUSED,
     "a picture (GIF)",
     "give the table as xlsx or csv"},
    {{"GIF89a", 6},
     PAL_CONTENT_REFUSED,
     "a picture (GIF)",
     "give the table as xlsx or csv"},
    {{"II*\0", 4},
     PAL_CONTENT_REFUSED,
     "a picture (TIFF)",
     "give the table as xlsx or csv"},
    {{"MM\0*", 4},
     PAL_CONTENT_REFUSED,
     "a picture (TIFF)",
     "give the table as xlsx or csv"},
    {{"7z\xBC\xAF\x27\x1C", 6}, PAL_CONTENT_REFUSED, "a 7z archive", UNPACK},
    {{"Rar!\x1A\x07", 6}, PAL_CONTENT_REFUSED, "a RAR archive", UNPACK},
    {{"BZh91AY&SY", 10}, PAL_CONTENT_REFUSED, "compressed with bzip2", UNPACK},
    {{"\xFD"
      "7zXZ",
      5},
     PAL_CONTENT_REFUSED,
     "compressed with xz",
     UNPACK},
    {{"\x28\xB5\x2F\xFD", 4}, PAL_CONTENT_REFUSED, "compressed with zstd", UNPACK},
    {{"{\\rtf", 5},
     PAL_CONTENT_REFUSED,
     "a text document (RTF)",
     "give the table as csv"},
    {{"SQLite format 3", 15},
     PAL_CONTENT_REFUSED,
     "an SQLite database",
     "export its table as csv"},
    {{"<stata_dta>", 11}, PAL_CONTENT_REFUSED, "a Stata file", "export it as csv"},
    {{"$FL2", 4}, PAL_CONTENT_REFUSED, "an SPSS file", "export it as csv"},
    {{"RDX2\n", 5}, PAL_CONTENT_REFUSED, "an R data file", "export it as csv"},
    {{"RDX3\n", 5}, PAL_CONTENT_REFUSED, "an R data file", "export it as csv"},
};

static const char ole_mark[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

static struct pal_sniffed refuse(const char *what, const char *advice)
{
    return (struct pal_sniffed){
        .content = PAL_CONTENT_REFUSED, .what = what, .advice = advice};
}

/* Old Office files name their streams in UTF-16; an encrypted xlsx is such a file with the
 * workbook within one stream. */
static struct pal_sniffed sniff_ole(struct pal_view head)
{
    static const char package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    static const char key[] = "E\0n\0c\0r\0y\0p\0t\0i\0o\0n\0I\0n\0f\0o";
    struct pal_view package_name = {package, sizeof package - 1};
    struct pal_view key_name = {key, sizeof key - 1};

    if (pal_view_find(head, package_name) < head.size ||
        pal_view_find(head, key_name) < head.size) {
        return refuse(
            "an encrypted workbook",
            "open it in a spreadsheet program with its password and save it as "
            ".xlsx without one");
    }
    return refuse("an old workbook (.xls) or another old Office file", SAVE_AS_XLSX);
}

static struct pal_view without_mark_and_blanks(struct pal_view text)
{
    if (pal_view_has_prefix(text, PAL_VIEW("\xEF\xBB\xBF"))) {
        text.data += 3;
        text.size -= 3;
    }
    while (text.size > 0 && pal_is_space(*text.data)) {
        text.data++;
        text.size--;
    }
    return text;
}

static bool has_suffix_fold(struct pal_view text, struct pal_view suffix)
{
    return text.size >= suffix.size &&
           pal_view_is_equal_fold(
               (struct pal_view){text.data + text.size - suffix.size, suffix.size},
               suffix);
}

static bool is_web_page(struct pal_view text)
{
    static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body",
                                       "<table",         "<meta", "<style"};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (pal_view_has_prefix_fold(text, pal_view_of(tags[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_json(struct pal_view text)
{
    if (text.size == 0 || (*text.data != '{' && *text.data != '[')) {
        return false;
    }
    text.data++;
    text.size--;
    text = without_mark_and_blanks(text);
    return text.size > 0 && (*text.data == '"' || *text.data == '{');
}

/* One line without a line end that is a path: "../../share/arrests.csv.gz". Git writes a
 * symbolic link so where the file system, or a download, knows none. */
static bool is_link_text(struct pal_view text)
{
    static const char *const endings[] = {".csv", ".tsv", ".txt", ".gz",     ".xlsx",
                                          ".xls", ".zip", ".dta", ".parquet"};
    bool has_slash = false;

    if (text.size > LINK_SIZE_MAX) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if ((unsigned char)c < 0x20 || strchr(",;|\"<>", c) != NULL) {
            return false;
        }
        has_slash = has_slash || c == '/';
    }
    if (!has_slash) {
        return false;
    }
    if (pal_view_has_prefix(text, PAL_VIEW("../")) ||
        pal_view_has_prefix(text, PAL_VIEW("./"))) {
        return true;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (has_suffix_fold(text, pal_view_of(endings[i]))) {
            return true;
        }
    }
    return false;
}

/* Parquet begins and ends with its mark. */
static struct pal_sniffed sniff_parquet(struct pal_view head, bool is_whole)
{
    struct pal_view start = {head.data, head.size < 64 ? head.size : 64};

    if (!is_whole || (head.size >= 12 && pal_view_has_suffix(head, PAL_VIEW("PAR1")))) {
        return (struct pal_sniffed){.content = PAL_CONTENT_PARQUET};
    }
    if (memchr(start.data, 0, start.size) != NULL) {
        return refuse("a parquet file that was cut off", "fetch it again");
    }
    return (struct pal_sniffed){.content = PAL_CONTENT_TEXT};
}

struct pal_sniffed pal_sniff(struct pal_view head, bool is_whole)
{
    struct pal_view text = without_mark_and_blanks(head);

    if (head.size == 0) {
        return refuse("empty", "it holds not one byte; fetch it again");
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const struct mark *mark = &marks[i];

        if (pal_view_has_prefix(head, mark->bytes)) {
            return (struct pal_sniffed){
                .content = mark->content, .what = mark->what, .advice = mark->advice};
        }
    }
    if (pal_view_has_prefix(head, PAL_VIEW("PAR1"))) {
        return sniff_parquet(head, is_whole);
    }
    if (pal_view_has_prefix(head, (struct pal_view){ole_mark, sizeof ole_mark - 1})) {
        return sniff_ole(head);
    }
    if (is_web_page(text)) {
        return refuse("a web page (HTML), whatever its name says",
                      "fetch the file itself again, or " SAVE_AS_XLSX);
    }
    if (pal_view_has_prefix_fold(text, PAL_VIEW("<?xml"))) {
        return refuse("an XML document, not a workbook", SAVE_AS_XLSX);
    }
    if (is_json(text)) {
        return refuse("a JSON document", "give the table as xlsx or csv");
    }
    if (is_whole && is_link_text(head)) {
        struct pal_sniffed link = refuse("the text of a symbolic link, not the data it "
                                         "points to",
                                         "give the file that it points to");

        link.link = head;
        return link;
    }
    return (struct pal_sniffed){.content = PAL_CONTENT_TEXT};
}

struct pal_view pal_name_without_extensions(struct pal_view name)
{
    static const char *const extensions[] = {".gz",  ".csv", ".txt",    ".tsv",
                                             ".tab", ".psv", ".parquet"};
    bool was_cut = true;

    while (was_cut) {
        was_cut = false;
        for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
            struct pal_view extension = pal_view_of(extensions[i]);

            if (name.size > extension.size && has_suffix_fold(name, extension)) {
                name.size -= extension.size;
                was_cut = true;
            }
        }
    }
    return name;
}

bool pal_name_is_table(struct pal_view name)
{
    return has_suffix_fold(name, PAL_VIEW(".csv")) ||
           has_suffix_fold(name, PAL_VIEW(".tsv")) ||
           has_suffix_fold(name, PAL_VIEW(".tab")) ||
           has_suffix_fold(name, PAL_VIEW(".psv"));
}

struct pal_view pal_name_of_member(struct pal_view member)
{
    size_t from = member.size;

    while (from > 0 && member.data[from - 1] != '/' && member.data[from - 1] != '\\') {
        from--;
    }
    return (struct pal_view){member.data + from, member.size - from};
}

const char *pal_name_skip_reason(struct pal_view member)
{
    struct pal_view name = pal_name_of_member(member);

    if (pal_view_find(member, PAL_VIEW("__MACOSX/")) < member.size) {
        return "a macOS side file, no table";
    }
    if (pal_view_has_prefix(name, PAL_VIEW("~$"))) {
        return "a spreadsheet program's lock file, no table";
    }
    if (pal_view_has_prefix(name, PAL_VIEW("."))) {
        return "a hidden file";
    }
    return NULL;
}
