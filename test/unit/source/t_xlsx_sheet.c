#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "helper_zip.h"

enum { ROOM = 1 << 24 };

#define INLINE(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is>" text "</is></c>"

static const struct {
    const char *label;
    const char
        *rows; /* within sheetData; or a whole sheet, when it begins with <?, <! or
                         <w */
    const char *want;
} good[] = {
    {"shared strings, numbers and dates",
     "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12.50</v></c>"
     "<c r=\"C1\" s=\"1\"><v>43831</v></c></row>",
     "1: A=t:alpha B=n:12.50:12.5 C=d:43831:43831\n"},
    {"an empty shared string is a blank, a blank one is text",
     "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" "
     "t=\"s\"><v>3</v></c></row>",
     "1: B=t: \n"},
    {"the order of a cell's attributes does not matter",
     "<row r=\"1\"><c t=\"s\" s=\"1\" r=\"B1\"><v>4</v></c></row>",
     "1: B=t:gamma <&\n"},
    {"cells and rows without a reference follow one another",
     "<row><c><v>1</v></c><c/><c t=\"n\"><v>3</v></c></row><row r=\"5\"><c r=\"D5\"/>"
     "<c><v>4</v></c></row><row><c><v>6</v></c></row>",
     "1: A=n:1:1 C=n:3:3\n5: E=n:4:4\n6: A=n:6:6\n"},
    {"a row without a number takes it from its cells",
     "<row><c r=\"A3\"><v>1</v></c><c "
     "r=\"B3\"><v>2</v></c></row><row><c><v>9</v></c></row>",
     "3: A=n:1:1 B=n:2:2\n4: A=n:9:9\n"},
    {"sparse rows keep their numbers, blank rows that the file holds are given",
     "<row r=\"2\"/><row r=\"7\" ht=\"15\"></row><row r=\"9\"><c r=\"AA9\"><v>1</v></c>"
     "<c r=\"XFD9\"><v>2</v></c></row>",
     "2:\n7:\n9: AA=n:1:1 XFD=n:2:2\n"},
    {"cells out of order are sorted",
     "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c>"
     "<c r=\"B1\"><v>2</v></c></row>",
     "1: A=n:1:1 B=n:2:2 C=n:3:3\n"},
    {"inline strings, runs joined, reading aids left out",
     "<row r=\"1\">" INLINE("A1", "<t>plain</t>")
         INLINE("B1", "<r><rPr><b/></rPr><t>bo</t></r><r><t xml:space=\"preserve\">ld "
                      "</t></r><rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh><phoneticPr/>")
             INLINE("C1", "<t xml:space=\"preserve\">  two </t>") INLINE("D1", "<t/>")
                 INLINE("E1", "") "</row>",
     "1: A=t:plain B=t:bold  C=t:  two \n"},
    {"references and CDATA are decoded",
     "<row r=\"1\">" INLINE("A1",
                            "<t>a&amp;b &lt;&gt;&quot;&apos; &#65;&#x42;&#x20ac;</t>")
         INLINE("B1", "<t>x<![CDATA[<&amp;]]>y</t>") "</row>",
     "1: A=t:a&b <>\"' AB\xe2\x82\xac B=t:x<&amp;y\n"},
    {"Excel's escapes are decoded once",
     "<row r=\"1\">" INLINE("A1", "<t>a_x000D_b</t>") INLINE("B1",
                                                             "<t>_x005F_x000D_</t>")
         INLINE("C1", "<t>_x000G_ _x0_ _x0000_ _xD800_</t>") INLINE(
             "D1", "<t>_xD83D__xDE00_</t>") "<c r=\"E1\" t=\"str\"><v>_x0041_</v></c>"
                                            "</row>",
     "1: A=t:a\rb B=t:_x000D_ C=t:_x000G_ _x0_ _x0000_ _xD800_ D=t:\xf0\x9f\x98\x80 "
     "E=t:A\n"},
    {"an escape that a reference makes is one too",
     "<row r=\"1\">" INLINE("A1", "<t>_x00&#48;A_</t>") "</row>", "1: A=t:\n\n"},
    {"line ends in text are line feeds",
     "<row r=\"1\">" INLINE("A1", "<t>a\r\nb\rc\nd&#13;e</t>") "</row>",
     "1: A=t:a\nb\nc\nd\re\n"},
    {"formulas give the value kept with them",
     "<row r=\"1\"><c r=\"A1\"><f>SUM(B1:B9)</f><v>7</v></c><c r=\"B1\" "
     "t=\"str\"><f>\"x\""
     "&amp;\"y\"</f><v>xy</v></c><c r=\"C1\"><f>NA()</f></c></row>",
     "1: A=n:7:7 B=t:xy\n"},
    {"booleans and errors",
     "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c>"
     "<c r=\"C1\" t=\"e\"><v>#REF!</v></c><c r=\"D1\" t=\"b\"><v>maybe</v></c>"
     "<c r=\"E1\" t=\"b\"><v>true</v></c></row>",
     "1: A=b:TRUE:1 B=b:FALSE:0 C=e:#REF! D=t:maybe E=b:TRUE:1\n"},
    {"ISO dates",
     "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2020-02-01</v></c>"
     "<c r=\"B1\" t=\"d\"><v>2020-02-01T06:00:00</v></c>"
     "<c r=\"C1\" t=\"d\"><v>2020-02-01T18:00Z</v></c>"
     "<c r=\"D1\" t=\"d\"><v>2020-02-30</v></c>"
     "<c r=\"E1\" t=\"d\"><v>2020-02-01T06:00:00.000</v></c>"
     "<c r=\"F1\" t=\"d\"><v>2020-02-01T25:00:00</v></c></row>",
     "1: A=d:2020-02-01:43862 B=d:2020-02-01T06:00:00:43862.25 "
     "C=d:2020-02-01T18:00Z:43862.75 D=t:2020-02-30 "
     "E=d:2020-02-01T06:00:00.000:43862.25 F=t:2020-02-01T25:00:00\n"},
    {"the false 29 February 1900",
     "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>59</v></c>"
     "<c r=\"C1\" s=\"1\"><v>61</v></c><c r=\"D1\" s=\"1\"><v>0.5</v></c>"
     "<c r=\"E1\" s=\"1\"><v>-3</v></c></row>",
     "1: A=d:1:2 B=d:59:60 C=d:61:61 D=d:0.5:0.5 E=d:-3:-3\n"},
    {"numbers in every spelling",
     "<row r=\"1\"><c r=\"A1\"><v>-0.5</v></c><c r=\"B1\"><v>1.2E+05</v></c>"
     "<c r=\"C1\"><v>0.67400000000000004</v></c><c "
     "r=\"D1\"><v>12345678901234567890</v></c>"
     "<c r=\"E1\"><v>1e-7</v></c><c r=\"F1\"><v> 4 </v></c><c "
     "r=\"G1\"><v>4.</v></c></row>",
     "1: A=n:-0.5:-0.5 B=n:1.2E+05:120000 C=n:0.67400000000000004:0.674 "
     "D=n:12345678901234567890:1.2345678901234567e+19 E=n:1e-7:1e-07 F=n:4:4 "
     "G=n:4.:4\n"},
    {"what is no number stays as text",
     "<row r=\"1\"><c r=\"A1\"><v>1-2</v></c><c r=\"B1\" s=\"1\"><v>07/02/0999</v></c>"
     "<c r=\"C1\"><v>-</v></c><c r=\"D1\"><v>1e999</v></c><c r=\"E1\" "
     "t=\"x\"><v>q</v></c>"
     "</row>",
     "1: A=t:1-2 B=t:07/02/0999 C=t:- D=t:1e999 E=t:q\n"},
    {"a style beyond the table is no date",
     "<row r=\"1\"><c r=\"A1\" s=\"99999\"><v>5</v></c><c r=\"B1\" "
     "s=\"-1\"><v>5</v></c></row>",
     "1: A=n:5:5 B=n:5:5\n"},
    {"blanks between tags, other attributes, comments and instructions",
     "\n <row spans=\"1:2\" r=\"1\" >\n <c r='A1' ><!-- c --><v>1<!-- - -->2</v ></c >"
     "<?skip me?>\n<c cm=\"1\" r=\"B1\" "
     "ph=\"1\"><v>3</v><extLst><ext><v>8</v></ext></extLst>"
     "</c></row>\n",
     "1: A=n:12:12 B=n:3:3\n"},
    {"a namespace prefix",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<x:worksheet xmlns:x=\"" HELPER_MAIN
     "\">"
     "<x:dimension ref=\"A1:AMJ1048576\"/><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" "
     "t=\"s\"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>",
     "1: A=t:beta\n"},
    {"elements of another namespace are left out",
     "<worksheet xmlns=\"" HELPER_MAIN
     "\" xmlns:o=\"urn:other\"><o:sheetData><row r=\"1\">"
     "<c r=\"A1\"><v>1</v></c></row></o:sheetData><sheetData><o:row r=\"1\"/><row "
     "r=\"2\">"
     "<o:c/><c r=\"A2\"><o:v>7</o:v><v>2</v></c><c xmlns=\"urn:other\" "
     "r=\"B2\"><v>3</v>"
     "</c></row></sheetData></worksheet>",
     "2: A=n:2:2\n"},
    {"no namespace at all",
     "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
     "1: A=n:1:1\n"},
    {"the strict namespace",
     "<worksheet "
     "xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><sheetData><row>"
     "<c><v>1</v></c></row></sheetData></worksheet>",
     "1: A=n:1:1\n"},
    {"a byte order mark",
     "\xef\xbb\xbf<?xml version='1.0' "
     "encoding='utf-8'?><worksheet><sheetData/></worksheet>",
     ""},
    {"a wrong dimension is not believed",
     "<worksheet xmlns=\"" HELPER_MAIN "\"><dimension ref=\"A1:B1\"/><sheetData>"
     "<row r=\"3\"><c r=\"F3\"><v>1</v></c></row></sheetData></worksheet>",
     "3: F=n:1:1\n"},
    {"rows only stand in sheetData",
     "<worksheet xmlns=\"" HELPER_MAIN "\"><row r=\"1\"/><extLst><ext><sheetData>"
     "<row r=\"2\"/></sheetData></ext></extLst></worksheet>",
     ""},
    {"rows alike, then one that is not, and back",
     "<row r=\"8\" spans=\"1:2\"><c r=\"A8\"><v>1</v></c></row>"
     "<row r=\"9\" spans=\"1:2\"><c r=\"A9\"><v>2</v></c></row>"
     "<row r=\"10\" spans=\"1:3\"><c r=\"A10\"><v>3</v></c></row>"
     "<row r=\"011\" spans=\"1:3\"><c r=\"A11\"><v>4</v></c></row>"
     "<row r=\"12\" spans=\"1:3\"/><row r=\"13\" spans=\"1:3\"></row>"
     "<row spans=\"1:3\" r=\"14\"><c r=\"A14\"><v>5</v></c></row >"
     "<row r=\"99\" spans=\"1:3\"><c r=\"A99\"><v>6</v></c><x/></row>\n"
     "<row r=\"100\" spans=\"1:3\"><!-- c --><c r=\"A100\"><v>7</v></c></row>"
     "<row r=\"101\" spans=\"1:3\"><c r=\"A101\"><v>8</v></c></row>",
     "8: A=n:1:1\n9: A=n:2:2\n10: A=n:3:3\n11: A=n:4:4\n12:\n13:\n14: A=n:5:5\n"
     "99: A=n:6:6\n100: A=n:7:7\n101: A=n:8:8\n"},
    {"a row that binds a namespace is like no other",
     "<row r=\"1\" xmlns=\"urn:other\"><c r=\"A1\"><v>1</v></c></row>"
     "<row r=\"2\" xmlns:m=\"" HELPER_MAIN "\"><m:c r=\"A2\"><m:v>2</m:v></m:c></row>"
     "<row r=\"3\" xmlns:m=\"" HELPER_MAIN "\"><m:c r=\"A3\"><m:v>3</m:v></m:c></row>",
     "2: A=n:2:2\n3: A=n:3:3\n"},
    {"rows of a second part of the sheet, where the name means something else",
     "<worksheet xmlns=\"" HELPER_MAIN "\" xmlns:m=\"" HELPER_MAIN "\"><sheetData>"
     "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"/></row>"
     "</sheetData><m:sheetData xmlns=\"urn:other\"><row r=\"3\"><c r=\"A3\"><v>3</v>"
     "</c></row><m:row r=\"4\"><m:c r=\"A4\"><m:v>4</m:v></m:c></m:row></m:sheetData>"
     "</worksheet>",
     "1: A=n:1:1\n2:\n4: A=n:4:4\n"},
    {"a chart has no rows",
     "<chartsheet xmlns=\"" HELPER_MAIN "\"><sheetPr/></chartsheet>", ""},
};

static const struct {
    const char *label;
    const char *rows;
    const char *want; /* part of the error */
} bad[] = {
    {"a shared string that is not there",
     "<row r=\"12\"><c r=\"B12\" t=\"s\"><v>5</v></c></row>",
     "row 12: the cell in its column 2 asks for shared string 5"},
    {"a shared string with a bad number",
     "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>x</v></c></row>", "row 3: "},
    {"a row twice", "<row r=\"4\"/><row r=\"4\"/>", "row 4 stands behind row 4"},
    {"a row out of order", "<row r=\"4\"/><row r=\"2\"/>", "row 2 stands behind row 4"},
    {"a row twice among rows alike",
     "<row r=\"3\"></row><row r=\"4\"></row><row r=\"4\"></row>",
     "row 4 stands behind row 4"},
    {"a row too far among rows alike", "<row r=\"3\"></row><row r=\"99999999\"></row>",
     "beyond the 2000000 rows"},
    {"a row too far to count among rows alike",
     "<row r=\"3\"></row><row r=\"99999999999999999999\"></row>", "has the number 9"},
    {"rows alike whose tags do not match",
     "<row r=\"3\"></row><row r=\"4\"></c><row r=\"5\"></row>", "does not match"},
    {"a row within a row", "<row r=\"3\"></row><row r=\"4\"><row r=\"5\"></row>",
     "does not match"},
    {"a column twice",
     "<row r=\"4\"><c r=\"A4\"><v>1</v></c><c r=\"A4\"><v>1</v></c></row>",
     "row 4: it has column 1 twice"},
    {"a cell of another row", "<row r=\"4\"><c r=\"A5\"/></row>",
     "row 4: it holds cell A5"},
    {"a cell nowhere", "<row r=\"4\"><c r=\"4\"/></row>", "no place on a sheet"},
    {"a row number that is none", "<row r=\"four\"/>", "has the number four"},
    {"row nought", "<row r=\"0\"/>", "has the number 0"},
    {"a row too far", "<row r=\"99999999\"/>", "beyond the 2000000 rows"},
    {"a column too far", "<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>",
     "beyond the 16384"},
    {"a cell with two values", "<row r=\"1\"><c r=\"A1\"><v>1</v><v>2</v></c></row>",
     "row 1: the cell in its column 1 has two values"},
    {"tags that do not match", "<row r=\"1\"><c r=\"A1\"></row></c>", "does not match"},
    {"an end that never comes", "<row r=\"1\"><c r=\"A1\"><v>1</v>", "does not match"},
    {"an unknown reference", "<row r=\"1\"><c><v>&nbsp;</v></c></row>",
     "no known reference"},
    {"a bare &", "<row r=\"1\"><c><v>a & b</v></c></row>", "no known reference"},
    {"a reference to no character", "<row><c><v>&#0;</v></c></row>",
     "no known reference"},
    {"a surrogate", "<row><c><v>&#xd800;</v></c></row>", "no known reference"},
    {"an attribute twice", "<row r=\"1\" r=\"1\"/>", "same attribute twice"},
    {"an attribute twice in a cell", "<row r=\"1\"><c r=\"A1\" s=\"1\" s=\"1\"/></row>",
     "same attribute twice"},
    {"an attribute without quotes", "<row r=1/>", "not quoted"},
    {"an unbound prefix", "<row><q:c/></row>", "stands for nothing"},
    {"]]> in text", "<row><c><v>]]></v></c></row>", "]]>"},
    {"-- in a comment", "<!-- a -- b --><row/>", "a comment holds --"},
    {"invalid UTF-8", "<row><c><v>\xcc_</v></c></row>", "no character of UTF-8"},
    {"a control character", "<row><c><v>\x01</v></c></row>", "no character of UTF-8"},
    {"DOCTYPE",
     "<!DOCTYPE worksheet [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>",
     "DOCTYPE"},
    {"an XML declaration in the middle", "<?xml version=\"1.0\"?>", "in the middle"},
    {"another encoding",
     "<?xml version=\"1.0\" "
     "encoding=\"ISO-8859-1\"?><worksheet><sheetData/></worksheet>",
     "not encoded in UTF-8"},
    {"another kind of XML", "<worksheet xmlns=\"urn:other\"/>", "unknown kind"},
    {"a second root", "<worksheet><sheetData/></worksheet><worksheet/>",
     "second outermost"},
    {"text behind the root", "<worksheet><sheetData/></worksheet>x", "text outside"},
    {"a sheet cut off", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1",
     "cut off"},
    {"nothing at all", "<!-- -->", "cut off"},
    {"elements too deep",
     "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
     "<a>"
     "<a><a><a><a>",
     "nested too deeply"},
};

static struct pal_view whole(const char *rows, struct pal_buffer *buffer)
{
    bool is_whole = strncmp(rows, "<?xml version=\"1.0\" ", 20) == 0 ||
                    strncmp(rows, "<w", 2) == 0 || strncmp(rows, "<!D", 3) == 0 ||
                    strcmp(rows, "<!-- -->") == 0 || rows[0] == '\xef' ||
                    strncmp(rows, "<chart", 6) == 0;

    pal_buffer_reset(buffer);
    pal_buffer_append_format(buffer, is_whole ? "%s" : HELPER_SHEET("%s"), rows);
    return pal_buffer_view(buffer);
}

static const size_t pieces[] = {0, 1, 2, 7, 4096};

static void every_sheet_reads_the_same_in_pieces_of_any_size(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer out;
    struct pal_error err = {0};

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct pal_view sheet = whole(good[i].rows, &xml);

        for (size_t j = 0; j < 2 * sizeof pieces / sizeof *pieces; j++) {
            struct pal_sheet_context context = helper_context();
            pal_status status;

            context.is_slow = j % 2 == 1;
            pal_buffer_reset(&out);
            status = helper_read_sheet(sheet, &context, &helper_limits, pieces[j / 2],
                                       &out, &err);
            if (status != PAL_OK ||
                !pal_view_is_equal(pal_buffer_view(&out), pal_view_of(good[i].want))) {
                print_error("%s, pieces of %zu, slow %d: %s\n got %s want %s",
                            good[i].label, pieces[j / 2], (int)context.is_slow,
                            status == PAL_OK ? "" : err.text, out.data, good[i].want);
                fail();
            }
        }
    }
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out);
}

static void every_damaged_sheet_is_refused_with_its_reason(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct pal_view sheet = whole(bad[i].rows, &xml);

        for (size_t j = 0; j < 2 * sizeof pieces / sizeof *pieces; j++) {
            struct pal_sheet_context context = helper_context();
            struct pal_error err = {0};
            pal_status status;

            context.is_slow = j % 2 == 1;
            status = helper_read_sheet(sheet, &context, &helper_limits, pieces[j / 2],
                                       &out, &err);
            if ((status != PAL_INPUT && status != PAL_LIMIT) ||
                strstr(err.text, bad[i].want) == NULL) {
                print_error("%s, pieces of %zu: status %d, %s\n", bad[i].label,
                            pieces[j / 2], (int)status, err.text);
                fail();
            }
        }
    }
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out);
}

static void a_sheet_cut_off_anywhere_is_refused(void **state)
{
    static const char sheet[] = HELPER_SHEET(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>1</v></c>"
        "</row><!-- x --><?y z?>");
    struct pal_sheet_context context = helper_context();
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&out, ROOM);
    for (size_t size = 0; size < sizeof sheet; size++) {
        struct pal_error err = {0};
        pal_status status = helper_read_sheet((struct pal_view){sheet, size}, &context,
                                              &helper_limits, 3, &out, &err);

        assert_int_equal(status, size == sizeof sheet - 1 ? PAL_OK : PAL_INPUT);
    }
    pal_buffer_clear(&out);
}

static void a_1904_workbook_counts_from_another_day(void **state)
{
    struct pal_sheet_context context = helper_context();
    struct pal_buffer out;

    (void)state;
    context.is_1904 = true;
    pal_buffer_init(&out, ROOM);
    for (int i = 0; i < 2; i++) {
        context.is_slow = i == 1;
        pal_buffer_reset(&out);
        assert_int_equal(
            helper_read_sheet(PAL_VIEW(HELPER_SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\">"
                                                    "<v>42369</v></c></row>")),
                              &context, &helper_limits, 0, &out, NULL),
            PAL_OK);
        assert_string_equal(out.data, "1: A=d:42369:43831\n");
    }
    pal_buffer_clear(&out);
}

static void texts_longer_than_any_window_come_out_whole(void **state)
{
    struct pal_source_limits limits = helper_limits;
    struct pal_sheet_context context = helper_context();
    struct pal_buffer xml;
    struct pal_buffer out;
    struct pal_error err = {0};
    enum { TEXT_SIZE = 700 * 1000, CELLS = 5 };

    (void)state;
    limits.cell_size_max = TEXT_SIZE;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out, ROOM);
    pal_buffer_append_text(&xml, "<worksheet><sheetData><row>");
    for (size_t i = 0; i < CELLS; i++) {
        pal_buffer_append_text(&xml, "<c><v>7</v></c><c t=\"inlineStr\"><is><t>");
        for (size_t j = 0; j < TEXT_SIZE; j++) {
            pal_buffer_append_char(&xml, (char)('a' + (i + j) % 26));
        }
        pal_buffer_append_text(&xml, "</t></is></c>");
    }
    pal_buffer_append_text(&xml, "</row></sheetData></worksheet>");
    assert_int_equal(
        helper_read_sheet(pal_buffer_view(&xml), &context, &limits, 0, &out, &err),
        PAL_OK);
    assert_true(out.size > (size_t)CELLS * TEXT_SIZE);
    for (size_t i = 0, at = 0; i < CELLS; i++) {
        char want[32];

        (void)snprintf(want, sizeof want, "%c=t:%c%c%c", (int)('B' + 2 * i),
                       (int)('a' + i), (int)('b' + i), (int)('c' + i));
        at += pal_view_find((struct pal_view){out.data + at, out.size - at},
                            pal_view_of(want));
        assert_true(at + TEXT_SIZE < out.size);
        for (size_t j = 0; j < TEXT_SIZE; j++) {
            assert_int_equal(out.data[at + 4 + j], 'a' + (i + j) % 26);
        }
    }
    limits.cell_size_max = TEXT_SIZE - 1;
    assert_int_equal(
        helper_read_sheet(pal_buffer_view(&xml), &context, &limits, 0, &out, &err),
        PAL_LIMIT);
    assert_non_null(strstr(err.text, "row 1"));
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out);
}

static void a_protected_sheet_is_read_and_noted(void **state)
{
    struct pal_sheet_context context = helper_context();
    bool is_protected = false;
    struct pal_buffer out;

    (void)state;
    context.is_protected = &is_protected;
    pal_buffer_init(&out, ROOM);
    assert_int_equal(
        helper_read_sheet(PAL_VIEW("<worksheet><sheetData><row/></sheetData>"
                                   "<sheetProtection sheet=\"0\"/></worksheet>"),
                          &context, &helper_limits, 0, &out, NULL),
        PAL_OK);
    assert_false(is_protected);
    assert_int_equal(
        helper_read_sheet(PAL_VIEW("<worksheet><sheetData><row/></sheetData>"
                                   "<sheetProtection password=\"AB\" sheet=\"1\"/>"
                                   "</worksheet>"),
                          &context, &helper_limits, 0, &out, NULL),
        PAL_OK);
    assert_true(is_protected);
    assert_string_equal(out.data, "1:\n1:\n");
    pal_buffer_clear(&out);
}

static void rows_are_counted_against_their_cap(void **state)
{
    struct pal_source_limits limits = helper_limits;
    struct pal_sheet_context context = helper_context();
    struct pal_buffer out;

    (void)state;
    limits.row_max = 2;
    pal_buffer_init(&out, ROOM);
    assert_int_equal(helper_read_sheet(PAL_VIEW(HELPER_SHEET("<row/><row/>")), &context,
                                       &limits, 0, &out, NULL),
                     PAL_OK);
    assert_int_equal(helper_read_sheet(PAL_VIEW(HELPER_SHEET("<row/><row/><row/>")),
                                       &context, &limits, 0, &out, NULL),
                     PAL_LIMIT);
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sheet_reads_the_same_in_pieces_of_any_size),
        cmocka_unit_test(every_damaged_sheet_is_refused_with_its_reason),
        cmocka_unit_test(a_sheet_cut_off_anywhere_is_refused),
        cmocka_unit_test(a_1904_workbook_counts_from_another_day),
        cmocka_unit_test(texts_longer_than_any_window_come_out_whole),
        cmocka_unit_test(a_protected_sheet_is_read_and_noted),
        cmocka_unit_test(rows_are_counted_against_their_cap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
