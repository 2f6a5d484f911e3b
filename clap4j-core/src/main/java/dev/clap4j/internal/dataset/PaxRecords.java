package dev.clap4j.internal.dataset;

import dev.clap4j.ClapException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The attributes of a member of a tar archive that matter here (POSIX.1-2001, pax): records {@code "LENGTH NAME=VALUE\n"}.
 *
 * @param path in place of the header's name
 * @param size in place of the header's
 * @param isSparse whether only parts of the content are stored, as GNU tar does it
 */
record PaxRecords(Optional<String> path, Optional<Long> size, boolean isSparse) {
    static final PaxRecords NONE = new PaxRecords(Optional.empty(), Optional.empty(), false);

    /** Parses records. */
    static PaxRecords parse(byte[] bytes, Function<String, ClapException> damaged) {
        Optional<String> path = Optional.empty();
        Optional<Long> size = Optional.empty();
        boolean isSparse = false;
        for (int at = 0; at < bytes.length && bytes[at] != 0; ) {
            int space = at;
            long length = 0;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9' && length < bytes.length) {
                length = 10 * length + bytes[space++] - '0';
            }
            boolean fits = length > space - at + 1 && length <= bytes.length - at;
            if (!fits || bytes[space] != ' ' || bytes[at + (int) length - 1] != '\n') {
                throw damaged.apply("the attributes of a member are malformed");
            }
            String record = new String(bytes, space + 1, at + (int) length - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            String name = equals < 0 ? record : record.substring(0, equals);
            String value = record.substring(equals + 1);
            if (name.equals("path")) {
                path = Optional.of(value);
            } else if (name.equals("size")) {
                size = Optional.of(size(value, damaged));
            }
            isSparse |= name.startsWith("GNU.sparse.");
            at += (int) length;
        }
        return new PaxRecords(path, size, isSparse);
    }

    private static long size(String value, Function<String, ClapException> damaged) {
        if (!value.matches("\\d{1,18}")) {
            throw damaged.apply("the size of a member is malformed");
        }
        return Long.parseLong(value);
    }

    /** Returns these attributes, and others where there are none. */
    PaxRecords or(PaxRecords others) {
        return new PaxRecords(path.or(others::path), size.or(others::size), isSparse || others.isSparse);
    }
}
