package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Converts names of anything (classes, domains, methods) to file names and back. Characters that any system forbids are
 * percent-encoded in UTF-8, as in {@code %2F}. The result never leaves its folder, ends in a dot, is hidden, or is a
 * Windows device name.
 */
public final class FileNames {
    /** The longest name in bytes: file systems allow 255, some of which are left to the extension. */
    private static final int LONGEST = 230;

    /** The file name of the empty name; no other name maps to it. */
    private static final String NOTHING = "%";

    private static final String FORBIDDEN = "/\\:*?\"<>|%";
    private static final Pattern DEVICE = Pattern.compile(
            "[\\s\\p{Z}]*(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³])[\\s\\p{Z}]*(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileNames() {}

    /**
     * Returns the file name of a name.
     *
     * @throws ClapException if it is too long for a file name
     */
    public static String of(String name) {
        return of(name, List.of());
    }

    /**
     * Returns a file name that differs from the taken ones even on systems that ignore case and Unicode normalisation.
     *
     * @param taken file names already in use
     * @throws ClapException if it is too long
     */
    public static String of(String name, Collection<String> taken) {
        return choose(name, folded(taken), c -> false, UnaryOperator.identity());
    }

    /**
     * Returns the file names of several names in one folder, each distinct from those before it as in {@link
     * #of(String, Collection)}.
     *
     * @throws ClapException if one is too long
     */
    public static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> files = new ArrayList<>();
        for (String name : names) {
            files.add(choose(name, taken, c -> false, UnaryOperator.identity()));
            taken.add(folded(files.get(files.size() - 1)));
        }
        return files;
    }

    /**
     * Returns the file name of a name with spaces as underscores: {@code alarm_clock}. An underscore is written as
     * {@code %5F}.
     *
     * @throws ClapException if it is too long
     */
    public static String withUnderscores(String name) {
        return withUnderscores(name, List.of());
    }

    /**
     * As {@link #withUnderscores(String)}, distinct from the taken ones as in {@link #of(String, Collection)}.
     *
     * @throws ClapException if it is too long
     */
    public static String withUnderscores(String name, Collection<String> taken) {
        return choose(name, folded(taken), c -> c == '_', fileName -> fileName.replace("%20", " ")
                .replace(' ', '_'));
    }

    /** Chooses the most readable encoding that is not taken. */
    private static String choose(String name, Set<String> taken, IntPredicate also, UnaryOperator<String> finish) {
        List<IntPredicate> ways = List.of(also, also.or(c -> c > '~' || Character.isUpperCase(c)), c -> c != ' ');
        String fileName = "";
        for (IntPredicate way : ways) {
            fileName = checked(finish.apply(encode(name, way)), name);
            if (!taken.contains(folded(fileName))) {
                return fileName;
            }
        }
        return fileName;
    }

    private static Set<String> folded(Collection<String> fileNames) {
        return fileNames.stream().map(FileNames::folded).collect(Collectors.toSet());
    }

    private static String folded(String fileName) {
        return Normalizer.normalize(fileName, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static String checked(String fileName, String name) {
        int bytes = fileName.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
            throw new ClapException("The name \"" + Names.brief(name) + "\" takes " + bytes
                    + " bytes as the name of a file, which may have " + LONGEST + "; choose a shorter one");
        }
        return fileName;
    }

    private static String encode(String name, IntPredicate also) {
        if (name.isEmpty()) {
            return NOTHING;
        }
        boolean composed = Normalizer.isNormalized(name, Normalizer.Form.NFC);
        String fileName = encode(name, also, composed);
        // A combining mark after an escape would combine with its last digit.
        return Normalizer.isNormalized(fileName, Normalizer.Form.NFC) ? fileName : encode(name, also, false);
    }

    private static String encode(String name, IntPredicate also, boolean composed) {
        boolean device = DEVICE.matcher(name).matches();
        StringBuilder fileName = new StringBuilder();
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            int c = name.codePointAt(i);
            boolean first = i == 0;
            boolean last = name.offsetByCodePoints(i, 1) == name.length();
            boolean edge = (first && (device || c == '.' || c == ' ')) || (last && (c == '.' || c == ' '));
            if (edge || isForbidden(c) || (c > '~' && !composed) || also.test(c)) {
                escape(c, fileName);
            } else {
                fileName.appendCodePoint(c);
            }
        }
        return fileName.toString();
    }

    private static boolean isForbidden(int c) {
        int type = Character.getType(c);
        return FORBIDDEN.indexOf(c) >= 0 || type == Character.CONTROL || type == Character.SURROGATE;
    }

    /**
     * Appends the escape of a character; unpaired surrogates, which UTF-8 cannot encode, are written as three bytes.
     */
    private static void escape(int c, StringBuilder fileName) {
        byte[] bytes = Character.getType(c) == Character.SURROGATE
                ? new byte[] {(byte) (0xE0 | c >> 12), (byte) (0x80 | (c >> 6 & 0x3F)), (byte) (0x80 | (c & 0x3F))}
                : Character.toString(c).getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            fileName.append(String.format("%%%02X", b));
        }
    }

    /** Inverts {@link #of(String)}. A percent sign that starts no escape stands for itself. */
    public static String nameOf(String fileName) {
        return EscapedName.decode(Normalizer.normalize(fileName, Normalizer.Form.NFC));
    }

    /** Inverts {@link #withUnderscores(String)}. */
    public static String nameOfUnderscored(String fileName) {
        return nameOf(fileName.replace('_', ' '));
    }
}
