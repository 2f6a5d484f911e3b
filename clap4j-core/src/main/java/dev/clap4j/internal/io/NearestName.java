package dev.clap4j.internal.io;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known name that a mistyped one was probably meant to be. */
public final class NearestName {
    private static final int LONGEST = 64;
    private static final int LETTERS_A_MISTAKE = 3;
    private static final int SHORTEST_BEGINNING = 3;

    private NearestName() {}

    /** Returns {@code " (did you mean dog?)"}, to append to an unknown name; empty if no known name is near. */
    public static String hint(String unknown, Collection<String> known) {
        return of(unknown, known).map(name -> " (did you mean " + name + "?)").orElse("");
    }

    /**
     * Returns the nearest known name. One typo per three letters is tolerated, two swapped letters counting as one, and
     * the name may be truncated; case and separators are ignored. At least one letter must be right.
     *
     * @return empty if none is near
     */
    public static Optional<String> of(String unknown, Collection<String> known) {
        String given = plain(unknown);
        if (given.isEmpty() || given.length() > LONGEST) {
            return Optional.empty();
        }
        int tolerated = Math.min(given.length() - 1, Math.max(1, given.length() / LETTERS_A_MISTAKE));
        return known.stream()
                .filter(name -> distance(given, plain(name)) <= tolerated)
                .min(Comparator.comparingInt(name -> distance(given, plain(name))))
                .or(() -> known.stream()
                        .filter(name -> given.length() >= SHORTEST_BEGINNING
                                && plain(name).startsWith(given))
                        .min(Comparator.comparingInt(String::length)));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_/-]+", " ").strip();
    }

    /** Returns the number of letters changed, omitted, added, or swapped with their neighbour. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] beforeLast = last;
            last = row;
            row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }
}
