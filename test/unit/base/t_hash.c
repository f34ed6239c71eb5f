#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"

/* FIPS 180-4 examples, and one million "a". */
static const struct {
    const char *text;
    size_t times;
    const char *want;
} known[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

static void sha256_gives_the_published_digests(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct pal_sha256 sha;
        pal_sha256_init(&sha);
        for (size_t k = 0; k < known[i].times; k++) {
            pal_sha256_add(&sha, known[i].text, strlen(known[i].text));
        }
        struct pal_digest digest;
        char hex[PAL_DIGEST_HEX_SIZE + 1];
        pal_sha256_finish(&sha, &digest);
        pal_digest_hex(&digest, hex);
        assert_string_equal(known[i].want, hex);
    }
}

static void a_file_has_the_digest_of_its_bytes(void **state)
{
    (void)state;
    const char *folder = getenv("TMPDIR");
    char path[512];
    (void)snprintf(path, sizeof path, "%s/palladium-XXXXXX",
                   folder != NULL ? folder : "/tmp");
    int file = mkstemp(path);
    assert_true(file >= 0);
    char bytes[1000];
    memset(bytes, 'a', sizeof bytes);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(sizeof bytes, write(file, bytes, sizeof bytes));
    }
    assert_int_equal(0, close(file));
    struct pal_digest digest;
    struct pal_error err;
    uint64_t size = 0;
    pal_status status = pal_sha256_file(path, &digest, &size, &err);
    assert_int_equal(0, unlink(path));
    assert_int_equal(PAL_OK, status);
    assert_int_equal(1000000, size);
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    pal_digest_hex(&digest, hex);
    assert_string_equal(known[3].want, hex);
    assert_int_equal(PAL_IO, pal_sha256_file(path, &digest, &size, &err));
    assert_non_null(strstr(err.text, path));
    assert_int_equal(0, size);
    assert_int_equal(PAL_IO, pal_sha256_file("/", &digest, &size, &err));
    assert_non_null(strstr(err.text, "folder"));
}

static bool is_same(struct pal_hash_id a, struct pal_hash_id b)
{
    return a.high == b.high && a.low == b.low;
}

static struct pal_hash_id id_of(const uint8_t key[PAL_KEY_SIZE], struct pal_view scope,
                                struct pal_view text)
{
    struct pal_id_key id_key;
    pal_id_key_derive(key, scope, &id_key);
    return pal_keyed_id(&id_key, text);
}

static void an_id_depends_on_key_scope_and_text(void **state)
{
    (void)state;
    uint8_t key[PAL_KEY_SIZE] = {1, 2, 3};
    uint8_t other_key[PAL_KEY_SIZE] = {1, 2, 4};
    struct pal_view scope = PAL_VIEW("release-a");
    struct pal_hash_id id = id_of(key, scope, PAL_VIEW("abc"));
    assert_true(is_same(id, id_of(key, scope, PAL_VIEW("abc"))));
    assert_false(is_same(id, id_of(key, PAL_VIEW("release-b"), PAL_VIEW("abc"))));
    assert_false(is_same(id, id_of(key, scope, PAL_VIEW("abd"))));
    assert_false(is_same(id, id_of(other_key, scope, PAL_VIEW("abc"))));
    assert_false(is_same(id_of(key, PAL_VIEW("ab"), PAL_VIEW("c")),
                         id_of(key, PAL_VIEW("a"), PAL_VIEW("bc"))));
    assert_false(is_same(id_of(key, PAL_VIEW(""), PAL_VIEW("x")),
                         id_of(key, PAL_VIEW("x"), PAL_VIEW(""))));
}

/* The vector of the SipHash paper's reference code for 128 bits: key 00..0f, input 00..0e.
 * Ids are stored, so they may never change. */
static void an_id_is_siphash_of_the_text(void **state)
{
    (void)state;
    struct pal_id_key key;
    char input[15];
    for (size_t i = 0; i < sizeof key.bytes; i++) {
        key.bytes[i] = (uint8_t)i;
    }
    for (size_t i = 0; i < sizeof input; i++) {
        input[i] = (char)i;
    }
    struct pal_hash_id id = pal_keyed_id(&key, (struct pal_view){input, sizeof input});
    assert_int_equal(UINT64_C(0x5493e99933b0a811), id.high);
    assert_int_equal(UINT64_C(0x7e08ec0f97cfc3d9), id.low);
}

/* By Python: hashlib.blake2b(b"release-a", digest_size=16, key=bytes([1, 2, 3] + [0] * 29)) */
static void a_scope_has_a_key_of_its_own(void **state)
{
    (void)state;
    static const uint8_t want[PAL_ID_KEY_SIZE] = {0xca, 0x88, 0xe6, 0xb0, 0xab, 0xa4,
                                                  0x7d, 0x5f, 0xad, 0x94, 0xb9, 0x94,
                                                  0x21, 0xec, 0xe7, 0x50};
    uint8_t key[PAL_KEY_SIZE] = {1, 2, 3};
    struct pal_id_key id_key;
    pal_id_key_derive(key, PAL_VIEW("release-a"), &id_key);
    assert_memory_equal(want, id_key.bytes, sizeof want);
}

static void keys_are_fresh(void **state)
{
    (void)state;
    uint8_t a[PAL_KEY_SIZE] = {0};
    uint8_t b[PAL_KEY_SIZE] = {0};
    pal_random_key(a);
    pal_random_key(b);
    assert_memory_not_equal(a, b, PAL_KEY_SIZE);
}

/* Counting texts differ in few bits; a weak mix would crowd them into few slots. With
 * 65536 texts in 65536 slots a random function leaves 1/e of them empty (24109, standard
 * deviation about 100). */
static void similar_texts_spread_over_all_slots(void **state)
{
    (void)state;
    enum { SLOTS = 65536 };
    static unsigned char low[SLOTS];
    static unsigned char high[SLOTS];
    for (size_t size = 5; size <= 40; size += 5) {
        memset(low, 0, sizeof low);
        memset(high, 0, sizeof high);
        for (int i = 0; i < SLOTS; i++) {
            char text[64];
            (void)snprintf(text, sizeof text, "%0*d", (int)size, i);
            uint64_t hash = pal_hash64(text, size);
            low[hash % SLOTS] = 1;
            high[hash >> 48] = 1;
        }
        int empty_low = 0;
        int empty_high = 0;
        for (int i = 0; i < SLOTS; i++) {
            empty_low += low[i] == 0;
            empty_high += high[i] == 0;
        }
        assert_in_range(empty_low, 24109 - 700, 24109 + 700);
        assert_in_range(empty_high, 24109 - 700, 24109 + 700);
    }
}

static void the_fast_hash_sees_every_byte(void **state)
{
    (void)state;
    char text[80] = {0};
    for (size_t size = 0; size <= sizeof text; size++) {
        uint64_t plain = pal_hash64(text, size);
        assert_true(size == sizeof text || plain != pal_hash64(text, size + 1));
        for (size_t i = 0; i < size; i++) {
            text[i] = 1;
            assert_true(plain != pal_hash64(text, size));
            text[i] = 0;
        }
    }
}

static int set_up(void **state)
{
    (void)state;
    return pal_hash_setup(NULL) == PAL_OK && pal_hash_setup(NULL) == PAL_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(a_file_has_the_digest_of_its_bytes),
        cmocka_unit_test(an_id_depends_on_key_scope_and_text),
        cmocka_unit_test(an_id_is_siphash_of_the_text),
        cmocka_unit_test(a_scope_has_a_key_of_its_own),
        cmocka_unit_test(keys_are_fresh),
        cmocka_unit_test(similar_texts_spread_over_all_slots),
        cmocka_unit_test(the_fast_hash_sees_every_byte),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
