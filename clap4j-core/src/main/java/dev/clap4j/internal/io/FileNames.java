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
 * Names of anything (classes, domains, methods) as names of files, and back: what is forbidden on any system is written as
 * {@code %2F}, its bytes in UTF-8. So a name never leads out of its folder, never ends in a dot, is never hidden, and is
 * never that of a Windows device.
 */
public final class FileNames {
    /** Bytes that a file's name may have; 255 are possible, some of which an ending takes. */
    private static final int LONGEST = 230;

    /** A name that no other has, for what has none. */
    private static final String NOTHING = "%";

    private static final String FORBIDDEN = "/\\:*?\"<>|%";
    private static final Pattern DEVICE = Pattern.compile(
            "[\\s\\p{Z}]*(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³])[\\s\\p{Z}]*(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileNames() {}

    /**
     * A name as that of a file.
     *
     * @throws ClapException if it is too long for one
     */
    public static String of(String name) {
        return of(name, List.of());
    }

    /**
     * A name as that of a file that differs from others by more than capitals and the way that accents are written, which not
     * all systems tell apart.
     *
     * @param taken names of files
     * @throws ClapException if it is too long
     */
    public static String of(String name, Collection<String> taken) {
        return choose(name, folded(taken), c -> false, UnaryOperator.identity());
    }

    /**
     * Names as those of files of one folder, each by {@link #of(String, Collection)} beside those before it.
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
     * A name as that of a file, with underscores for spaces: {@code alarm_clock}. What is an underscore is written as
     * {@code %5F}.
     *
     * @throws ClapException if it is too long
     */
    public static String withUnderscores(String name) {
        return withUnderscores(name, List.of());
    }

    /**
     * The same beside others, as {@link #of(String, Collection)}.
     *
     * @throws ClapException if it is too long
     */
    public static String withUnderscores(String name, Collection<String> taken) {
        return choose(name, folded(taken), c -> c == '_', fileName -> fileName.replace("%20", " ")
                .replace(' ', '_'));
    }

    /** The most readable way to write a name that is not taken. */
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
        // Behind an escape a combining mark would be taken for one of its last digit.
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

    /** Halves of pairs, which UTF-8 has no place for, are written as their three bytes would be. */
    private static void escape(int c, StringBuilder fileName) {
        byte[] bytes = Character.getType(c) == Character.SURROGATE
                ? new byte[] {(byte) (0xE0 | c >> 12), (byte) (0x80 | (c >> 6 & 0x3F)), (byte) (0x80 | (c & 0x3F))}
                : Character.toString(c).getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            fileName.append(String.format("%%%02X", b));
        }
    }

    /** What {@link #of} was given. A percent sign that begins no escape stands for itself. */
    public static String nameOf(String fileName) {
        return EscapedName.decode(Normalizer.normalize(fileName, Normalizer.Form.NFC));
    }

    /** What {@link #withUnderscores} was given. */
    public static String nameOfUnderscored(String fileName) {
        return nameOf(fileName.replace('_', ' '));
    }
}
