package dev.clap4j.internal.tokenizer.cleaning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A single-byte encoding in which UTF-8 may have been decoded by mistake. Bytes are represented by the characters
 * U+0000 to U+00FF of a string.
 *
 * <p>In Windows encodings, a byte without a character stands for the control character of the same number, and U+FFFD,
 * the trace of a lost byte, is byte 1A.
 */
final class SingleByteEncoding {
    /** All encodings, in the order in which they are tried. */
    static final List<SingleByteEncoding> ALL = load();

    static final SingleByteEncoding WINDOWS_1252 = named("windows-1252");

    private static final char LOST = 0x1A;
    private static final char REPLACEMENT = 0xFFFD;

    private final String name;
    private final char[] characters = new char[256];
    private final Map<Character, Character> bytes = new HashMap<>();

    private SingleByteEncoding(String[] table) {
        this.name = table[0];
        for (char b = 0; b < characters.length; b++) {
            characters[b] = b < 0x80 ? b : (char) Integer.parseInt(table[b - 0x7F], 16);
        }
        if (isLossy()) {
            characters[LOST] = REPLACEMENT;
        }
        for (char b = 0; b < characters.length; b++) {
            bytes.put(characters[b], b);
        }
    }

    private static List<SingleByteEncoding> load() {
        List<SingleByteEncoding> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                SingleByteEncoding.class.getResourceAsStream("single-byte-encodings.txt"),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    all.add(new SingleByteEncoding(line.split(" ", -1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }

    /** Returns an encoding by name. */
    static SingleByteEncoding named(String name) {
        return ALL.stream()
                .filter(encoding -> encoding.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns whether lost bytes leave a trace. */
    boolean isLossy() {
        return name.startsWith("windows");
    }

    /** Returns whether the encoding resembles Latin-1, as Latin-1 itself and those of Windows do. */
    boolean isLikeLatin1() {
        return isLossy() || name.equals("latin-1");
    }

    /** Returns whether an en dash before a space would be taken for part of a letter. */
    boolean takesDashForLetter() {
        return name.equals("macroman");
    }

    /** Returns the character of a byte. */
    char character(int b) {
        return characters[b];
    }

    /** Encodes a text; empty if it has a character that the encoding lacks. */
    Optional<String> encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            Character b = bytes.get(text.charAt(i));
            if (b == null) {
                return Optional.empty();
            }
            encoded.append(b.charValue());
        }
        return Optional.of(encoded.toString());
    }
}
