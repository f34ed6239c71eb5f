#include "source/sheet_internal.h"

#include <string.h>

#include "source/xml_text.h"

enum { NAME_MEMORY_MAX = 64 * 1024 * 1024, NAME_SIZE_MAX = 64 * 1024 };

struct book_sheet {
    struct pal_view name;
    struct pal_view relation; /* its id */
    size_t member;            /* SIZE_MAX: none is named, or the zip lacks it */
    bool is_hidden;
    bool is_protected;
};

struct pal_workbook {
    struct pal_archive *archive;
    struct pal_source_limits limits;
    struct pal_arena arena; /* names */
    struct book_sheet *sheets;
    size_t sheet_count;
    size_t sheet_room;
    size_t book_member; /* workbook.xml; SIZE_MAX until found */
    size_t styles_member;
    size_t strings_member;
    struct pal_view folder; /* of workbook.xml, nearly always "xl" */
    bool is_1904;
    bool is_loaded; /* strings and styles are here */
    struct pal_shared_strings strings;
    struct pal_styles styles;
};

/* One small part of the workbook on its way through the tokenizer. */
struct part_reader {
    struct pal_workbook *book;
    struct pal_xml xml;
    struct pal_buffer text;
};

typedef pal_status (*element_reader)(struct part_reader *reader,
                                     const struct pal_xml_token *token,
                                     struct pal_error *err);

/* Calls `on_start` for every start tag of the member. */
static pal_status read_part(struct pal_workbook *book, size_t member,
                            element_reader on_start, struct pal_error *err)
{
    struct pal_view name = pal_archive_name(book->archive, member);
    struct part_reader *reader = NULL;
    struct pal_part *part = NULL;
    struct pal_xml_token token = {.kind = PAL_XML_MORE};
    pal_status status = pal_archive_open_part(book->archive, member, &part, err);

    if (status != PAL_OK) {
        return status;
    }
    reader = pal_alloc(sizeof *reader);
    if (reader == NULL) {
        pal_part_close(part);
        return pal_fail_memory(err);
    }
    reader->book = book;
    pal_xml_init(&reader->xml, part, &book->limits);
    pal_buffer_init(&reader->text, NAME_SIZE_MAX);
    while (status == PAL_OK && token.kind != PAL_XML_DONE) {
        status = pal_xml_next(&reader->xml, &token, err);
        if (status == PAL_OK && token.kind == PAL_XML_START) {
            status = on_start(reader, &token, err);
        }
    }
    pal_xml_clear(&reader->xml);
    pal_buffer_clear(&reader->text);
    pal_free(reader);
    return status == PAL_OK ? PAL_OK
                            : pal_while(err, status, "%.*s", PAL_VIEW_ARG(name));
}

/* An attribute's value, decoded, in the workbook's arena. */
static pal_status copy_value(struct part_reader *reader, struct pal_view value,
                             struct pal_view *out, struct pal_error *err)
{
    *out = (struct pal_view){"", 0};
    pal_buffer_reset(&reader->text);
    pal_xml_append_value(&reader->text, value);
    if (reader->text.status != PAL_OK) {
        return pal_buffer_status(&reader->text, err);
    }
    pal_xml_unescape(&reader->text, 0);
    return pal_arena_copy(&reader->book->arena, pal_buffer_view(&reader->text), out,
                          err);
}

static bool is_true(struct pal_view value)
{
    return pal_view_is_equal(value, PAL_VIEW("1")) ||
           pal_view_is_equal(value, PAL_VIEW("true"));
}

static pal_status add_sheet(struct part_reader *reader, struct pal_error *err)
{
    struct pal_workbook *book = reader->book;
    struct book_sheet sheet = {.member = SIZE_MAX};
    struct pal_view value;
    pal_status status;

    if (book->sheet_count == book->sheet_room) {
        size_t room = book->sheet_room == 0 ? 8 : 2 * book->sheet_room;
        struct book_sheet *sheets;

        if (book->sheet_count >= book->limits.part_max) {
            return pal_fail(err, PAL_LIMIT, "it has more than %u sheets",
                            (unsigned)book->limits.part_max);
        }
        sheets = pal_realloc(book->sheets, room, sizeof *sheets);
        if (sheets == NULL) {
            return pal_fail_memory(err);
        }
        book->sheets = sheets;
        book->sheet_room = room;
    }
    sheet.is_hidden = pal_xml_attribute(&reader->xml, "state", &value) &&
                      !pal_view_is_equal(value, PAL_VIEW("visible"));
    (void)pal_xml_attribute(&reader->xml, "name", &value);
    status = copy_value(reader, value, &sheet.name, err);
    if (status == PAL_OK) {
        (void)pal_xml_attribute_prefixed(&reader->xml, "id", &value);
        status = copy_value(reader, value, &sheet.relation, err);
    }
    if (status == PAL_OK) {
        book->sheets[book->sheet_count++] = sheet;
    }
    return status;
}

static pal_status read_book_element(struct part_reader *reader,
                                    const struct pal_xml_token *token,
                                    struct pal_error *err)
{
    struct pal_view value;

    if (token->depth == 1 && !pal_xml_is_start(token, "workbook")) {
        return pal_fail(err, PAL_INPUT,
                        "it is no workbook as Excel 2007 and later write it");
    }
    if (token->depth == 2 && pal_xml_is_start(token, "workbookPr")) {
        reader->book->is_1904 =
            pal_xml_attribute(&reader->xml, "date1904", &value) && is_true(value);
    } else if (token->depth == 3 && pal_xml_is_start(token, "sheet")) {
        return add_sheet(reader, err);
    }
    return PAL_OK;
}

/* Puts a relation's target, as seen from the workbook's folder, into a path from the top of
 * the archive: ../ and ./ worked out. */
static void resolve(struct pal_buffer *out, struct pal_view target,
                    struct pal_view folder)
{
    struct pal_view rest = target;
    struct pal_view step;

    pal_buffer_reset(out);
    if (target.size == 0 || target.data[0] != '/') {
        pal_buffer_append_view(out, folder);
    }
    while (pal_view_split(&rest, '/', &step)) {
        if (pal_view_is_equal(step, PAL_VIEW(".."))) {
            while (out->size > 0 && out->data[out->size - 1] != '/') {
                out->size--;
            }
            out->size -= out->size > 0;
        } else if (!pal_view_is_equal(step, PAL_VIEW(".")) && step.size > 0) {
            if (out->size > 0) {
                pal_buffer_append_char(out, '/');
            }
            pal_buffer_append_view(out, step);
        }
    }
}

/* The member that the relation read last points to, or SIZE_MAX. */
static pal_status find_target(struct part_reader *reader, size_t *member,
                              struct pal_error *err)
{
    struct pal_view target;
    pal_status status;

    *member = SIZE_MAX;
    (void)pal_xml_attribute(&reader->xml, "Target", &target);
    status = copy_value(reader, target, &target, err);
    if (status != PAL_OK) {
        return status;
    }
    resolve(&reader->text, target, reader->book->folder);
    if (reader->text.status != PAL_OK) {
        return pal_buffer_status(&reader->text, err);
    }
    *member = pal_archive_find(reader->book->archive, pal_buffer_view(&reader->text));
    return PAL_OK;
}

static bool has_type(const struct part_reader *reader,
                     const struct pal_xml_token *token, const char *ending)
{
    struct pal_view type;

    return token->depth == 2 && pal_xml_is_start(token, "Relationship") &&
           pal_xml_attribute(&reader->xml, "Type", &type) &&
           pal_view_has_suffix(type, pal_view_of(ending));
}

static pal_status read_top_relation(struct part_reader *reader,
                                    const struct pal_xml_token *token,
                                    struct pal_error *err)
{
    return has_type(reader, token, "/officeDocument")
               ? find_target(reader, &reader->book->book_member, err)
               : PAL_OK;
}

static pal_status read_book_relation(struct part_reader *reader,
                                     const struct pal_xml_token *token,
                                     struct pal_error *err)
{
    struct pal_workbook *book = reader->book;
    struct pal_view id;
    size_t member;
    pal_status status;

    if (has_type(reader, token, "/styles")) {
        return find_target(reader, &book->styles_member, err);
    }
    if (has_type(reader, token, "/sharedStrings")) {
        return find_target(reader, &book->strings_member, err);
    }
    if (!has_type(reader, token, "sheet")) {
        return PAL_OK;
    }
    (void)pal_xml_attribute(&reader->xml, "Id", &id);
    status = copy_value(reader, id, &id, err);
    if (status == PAL_OK) {
        status = find_target(reader, &member, err);
    }
    for (size_t i = 0; status == PAL_OK && i < book->sheet_count; i++) {
        if (pal_view_is_equal(book->sheets[i].relation, id)) {
            book->sheets[i].member = member;
        }
    }
    return status;
}

/* Finds workbook.xml: where the archive's relations say, else where it nearly always is. */
static pal_status find_book(struct pal_workbook *book, struct pal_error *err)
{
    size_t relations = pal_archive_find(book->archive, PAL_VIEW("_rels/.rels"));
    pal_status status = PAL_OK;
    struct pal_view name;

    book->book_member = SIZE_MAX;
    if (relations != SIZE_MAX) {
        status = read_part(book, relations, read_top_relation, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (book->book_member == SIZE_MAX) {
        book->book_member =
            pal_archive_find(book->archive, PAL_VIEW("xl/workbook.xml"));
    }
    if (book->book_member == SIZE_MAX) {
        return pal_fail(err, PAL_INPUT,
                        "the workbook lacks its workbook.xml: get the file again from "
                        "where it was released");
    }
    name = pal_archive_name(book->archive, book->book_member);
    while (name.size > 0 && name.data[name.size - 1] != '/' &&
           name.data[name.size - 1] != '\\') {
        name.size--;
    }
    name.size -= name.size > 0;
    book->folder = name;
    return PAL_OK;
}

static pal_status read_relations(struct pal_workbook *book, struct pal_error *err)
{
    struct pal_view name = pal_archive_name(book->archive, book->book_member);
    size_t begin = book->folder.size > 0 ? book->folder.size + 1 : 0;
    struct pal_buffer path;
    size_t member = SIZE_MAX;
    pal_status status;

    pal_buffer_init(&path, NAME_SIZE_MAX);
    pal_buffer_append(&path, name.data, begin);
    pal_buffer_append_text(&path, "_rels/");
    pal_buffer_append(&path, name.data + begin, name.size - begin);
    pal_buffer_append_text(&path, ".rels");
    status = pal_buffer_status(&path, err);
    if (status == PAL_OK) {
        member = pal_archive_find(book->archive, pal_buffer_view(&path));
    }
    pal_buffer_clear(&path);
    if (status == PAL_OK && member == SIZE_MAX) {
        return pal_fail(
            err, PAL_INPUT,
            "the workbook does not say where its sheets are (workbook.xml.rels "
            "is missing): get the file again from where it was released");
    }
    return status == PAL_OK ? read_part(book, member, read_book_relation, err) : status;
}

pal_status pal_workbook_open(struct pal_archive *archive,
                             const struct pal_source_limits *limits,
                             struct pal_workbook **out, struct pal_error *err)
{
    struct pal_workbook *book = pal_alloc_zero(1, sizeof *book);
    pal_status status;

    *out = NULL;
    if (book == NULL) {
        return pal_fail_memory(err);
    }
    book->archive = archive;
    book->limits = *limits;
    book->styles_member = SIZE_MAX;
    book->strings_member = SIZE_MAX;
    pal_arena_init(&book->arena, NAME_MEMORY_MAX);
    pal_shared_strings_init(&book->strings, limits);
    status = find_book(book, err);
    if (status == PAL_OK) {
        status = read_part(book, book->book_member, read_book_element, err);
    }
    if (status == PAL_OK) {
        status = read_relations(book, err);
    }
    if (status != PAL_OK) {
        pal_workbook_close(book);
        return status;
    }
    *out = book;
    return PAL_OK;
}

void pal_workbook_close(struct pal_workbook *workbook)
{
    if (workbook == NULL) {
        return;
    }
    pal_shared_strings_clear(&workbook->strings);
    pal_styles_clear(&workbook->styles);
    pal_arena_clear(&workbook->arena);
    pal_free(workbook->sheets);
    pal_free(workbook);
}

size_t pal_workbook_sheet_count(const struct pal_workbook *workbook)
{
    return workbook->sheet_count;
}

struct pal_sheet_info pal_workbook_sheet_info(const struct pal_workbook *workbook,
                                              size_t index)
{
    const struct book_sheet *sheet = &workbook->sheets[index];

    return (struct pal_sheet_info){
        .name = sheet->name,
        .member = {"", 0},
        .form = PAL_FORM_XLSX,
        .encoding = PAL_ENCODING_UTF8,
        .is_hidden = sheet->is_hidden,
        .is_protected = sheet->is_protected,
        .is_1904 = workbook->is_1904,
        .stored_size = sheet->member == SIZE_MAX
                           ? 0
                           : pal_archive_stored_size(workbook->archive, sheet->member)};
}

/* Strings and styles are read when the first sheet is, and kept. */
static pal_status load(struct pal_workbook *book, struct pal_error *err)
{
    struct pal_part *part = NULL;
    pal_status status = PAL_OK;

    if (book->is_loaded) {
        return PAL_OK;
    }
    if (book->styles_member != SIZE_MAX) {
        status = pal_archive_open_part(book->archive, book->styles_member, &part, err);
        if (status == PAL_OK) {
            status = pal_styles_read(&book->styles, part, &book->limits, err);
        }
        if (status != PAL_OK) {
            pal_styles_clear(&book->styles);
            return pal_while(err, status, "styles");
        }
    }
    if (book->strings_member != SIZE_MAX) {
        status = pal_archive_open_part(book->archive, book->strings_member, &part, err);
        if (status == PAL_OK) {
            status = pal_shared_strings_read(&book->strings, part, &book->limits, err);
        }
        if (status != PAL_OK) {
            pal_styles_clear(&book->styles);
            pal_shared_strings_clear(&book->strings);
            return pal_while(err, status, "shared strings");
        }
    }
    book->is_loaded = true;
    return PAL_OK;
}

pal_status pal_workbook_open_sheet(struct pal_workbook *workbook, size_t index,
                                   bool reads_ahead, struct pal_row_reader **out,
                                   struct pal_error *err)
{
    struct book_sheet *sheet = &workbook->sheets[index];
    struct pal_sheet_context context = {.strings = &workbook->strings,
                                        .styles = &workbook->styles,
                                        .is_1904 = workbook->is_1904,
                                        .is_protected = &sheet->is_protected};
    struct pal_part *part = NULL;
    pal_status status;

    *out = NULL;
    if (sheet->member == SIZE_MAX) {
        return pal_fail(
            err, PAL_INPUT,
            "the workbook lacks the part that holds the sheet: get the file "
            "again from where it was released");
    }
    status = load(workbook, err);
    if (status == PAL_OK) {
        status = pal_archive_open_part(workbook->archive, sheet->member, &part, err);
    }
    if (status == PAL_OK && reads_ahead) {
        pal_part_read_ahead(part);
    }
    if (status == PAL_OK) {
        status = pal_sheet_reader_open(part, &context, &workbook->limits, out, err);
    }
    return status;
}
