package dev.clap4j.internal.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.FileContents;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the headers of a tar archive in order (POSIX.1-1988 ustar, POSIX.1-2001 pax and GNU), and tells where the members are in
 * the file. Every checksum is checked. Nothing is unpacked, so names and links lead nowhere.
 */
final class TarReader implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int MAGIC = 257;
    private static final int CHECKSUM = 148;

    /** The size limit of a long name or of pax records in bytes. */
    private static final int MAX_EXTENSION = 1 << 20;

    /** The number of bytes after the end mark in which nothing may follow; tar pads archives by less. */
    private static final int AFTER_END = 1 << 20;

    /** The kinds of members. */
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        DEVICE,
        SPARSE,
        OTHER
    }

    /**
     * A member.
     *
     * @param name with slashes; may be anything
     * @param offset the place of its content in the file
     * @param size of the content in bytes
     */
    record Member(String name, Kind kind, long offset, long size) {}

    private final Path file;
    private final FileChannel channel;
    private final long length;
    private PaxRecords defaults = PaxRecords.NONE;
    private long position;
    private boolean ended;

    TarReader(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file);
            this.length = channel.size();
        } catch (IOException e) {
            throw cannotRead(e);
        }
        if (length == 0) {
            close();
            throw new ClapException("Cannot read " + file + ": it is empty");
        }
    }

    /** Returns whether a file with these first bytes is an archive; the oldest kind cannot be told. */
    static boolean isTar(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith("ustar", MAGIC);
    }

    /**
     * Returns the next member; empty after the last.
     *
     * @throws ClapException if the archive is damaged or incomplete
     */
    Optional<Member> next() {
        if (ended) {
            return Optional.empty();
        }
        String longName = null;
        PaxRecords records = defaults;
        while (true) {
            byte[] header = read(position, BLOCK, "the archive has no end mark");
            if (isZero(header)) {
                requireEnd();
                ended = true;
                return Optional.empty();
            }
            requireChecksum(header);
            char type = (char) (header[156] & 0xFF);
            long size = number(header, 124, 12);
            position += BLOCK;
            switch (type) {
                case 'L' -> longName = text(extension(size), 0, (int) size);
                case 'K' -> extension(size);
                case 'x' ->
                    records = PaxRecords.parse(extension(size), this::damaged).or(defaults);
                case 'g' -> {
                    defaults = PaxRecords.parse(extension(size), this::damaged).or(defaults);
                    records = defaults;
                }
                default -> {
                    String name = records.path().orElse(longName == null ? name(header) : longName);
                    return Optional.of(
                            member(name, type, records, records.size().orElse(size)));
                }
            }
        }
    }

    private Member member(String name, char type, PaxRecords records, long size) {
        Kind kind = kind(name, type, records.isSparse());
        boolean hasContent = kind != Kind.FOLDER && kind != Kind.LINK && kind != Kind.DEVICE;
        Member member = new Member(name, kind, position, hasContent ? size : 0);
        if (member.size > length - position) {
            throw new ClapException("Cannot read " + file + ": it is incomplete; its member " + name + " has " + size
                    + " bytes, of which " + (length - position) + " are there");
        }
        position = Math.min(Long.MAX_VALUE - BLOCK, position + (member.size + BLOCK - 1) / BLOCK * BLOCK);
        return member;
    }

    private static Kind kind(String name, char type, boolean isSparse) {
        return switch (type) {
            case '0', '\0', '7' -> isSparse ? Kind.SPARSE : name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
            case '1', '2' -> Kind.LINK;
            case '3', '4', '6' -> Kind.DEVICE;
            case '5' -> Kind.FOLDER;
            case 'S' -> Kind.SPARSE;
            default -> Kind.OTHER;
        };
    }

    /** Returns the content of a header's extension, and goes past it. */
    private byte[] extension(long size) {
        if (size > MAX_EXTENSION) {
            throw damaged("a name or its attributes take " + size + " bytes; the limit is " + MAX_EXTENSION);
        }
        byte[] content = read(position, (int) size, "it ends within a name");
        position += (size + BLOCK - 1) / BLOCK * BLOCK;
        return content;
    }

    private void requireChecksum(byte[] header) {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + 8;
            unsigned += own ? ' ' : header[i] & 0xFF;
            signed += own ? ' ' : header[i];
        }
        long stated = position == 0 && !isOctal(header, CHECKSUM, 8) ? -1 : number(header, CHECKSUM, 8);
        if (stated != unsigned && stated != signed) {
            if (position == 0 && !isTar(header)) {
                throw new ClapException("Cannot read " + file + ": it should be a tar archive, but it is "
                        + FileContents.guess(file).orElse("something else"));
            }
            throw damaged("the checksum of a header is " + stated + ", but should be " + unsigned);
        }
    }

    private static boolean isOctal(byte[] header, int from, int count) {
        return digits(header, from, count).matches("[0-7]*");
    }

    /** Returns a field without the spaces and zeros around it. */
    private static String digits(byte[] header, int from, int count) {
        return new String(header, from, count, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    /** Returns a number: octal digits or, if its first bit is set, two's complement. */
    private long number(byte[] header, int from, int count) {
        if ((header[from] & 0x80) != 0) {
            byte[] bytes = Arrays.copyOfRange(header, from, from + count);
            bytes[0] &= 0x7F;
            ByteBuffer last = ByteBuffer.wrap(bytes, count - Long.BYTES, Long.BYTES);
            long value = last.getLong();
            for (int i = 0; i < count - Long.BYTES; i++) {
                value = bytes[i] == 0 ? value : -1;
            }
            if (value < 0) {
                throw damaged("a number is out of range");
            }
            return value;
        }
        if (!isOctal(header, from, count)) {
            throw damaged("a number has other signs than octal digits");
        }
        String digits = digits(header, from, count);
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean isPosix = new String(header, MAGIC, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = isPosix ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Returns a text up to its first zero: UTF-8 or, if it is not, Latin-1. */
    private static String text(byte[] bytes, int from, int count) {
        int end = from;
        while (end < from + count && bytes[end] != 0) {
            end++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, end - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        }
    }

    /** Checks that nothing follows the end mark, as in archives that were put one after the other. */
    private void requireEnd() {
        long end = Math.min(length, position + AFTER_END);
        for (long at = position; at < end; at += BLOCK) {
            if (!isZero(read(at, (int) Math.min(BLOCK, end - at), ""))) {
                throw new ClapException("Cannot read " + file + ": more follows after the archive's end, at byte " + at
                        + "; split archives that were put one after the other");
            }
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads bytes, all of which must be there. */
    byte[] read(long from, int count, String incomplete) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new ClapException("Cannot read " + file + ": it is incomplete; " + incomplete);
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    private ClapException damaged(String how) {
        return new ClapException("Cannot read " + file + ": it is damaged at byte " + position + "; " + how);
    }

    private ClapException cannotRead(IOException e) {
        return new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }
}
