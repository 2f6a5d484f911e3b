package dev.clap4j.fuzz.kill;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Comparisons of a file of a disturbed run with that of an undisturbed one. */
enum Comparison {
    /** The same bytes, whenever the file exists. */
    BYTES {
        @Override
        boolean isSame(byte[] whole, byte[] found) {
            return Arrays.equals(whole, found);
        }

        @Override
        boolean isPart(byte[] whole, byte[] found, Path file) {
            return isSame(whole, found);
        }
    },

    /** The same bytes in the end, and before that, a valid earlier state. */
    STATE {
        @Override
        boolean isSame(byte[] whole, byte[] found) {
            return Arrays.equals(whole, found);
        }

        @Override
        boolean isPart(byte[] whole, byte[] found, Path file) {
            return isWhole(file);
        }
    },

    /**
     * One line per step, equal except for {@code "seconds"}; before the end, the first of these lines, the last
     * possibly truncated.
     */
    STEPS {
        @Override
        boolean isSame(byte[] whole, byte[] found) {
            return lines(whole).equals(lines(found)) && endsWithLine(found);
        }

        @Override
        boolean isPart(byte[] whole, byte[] found, Path file) {
            List<String> steps = lines(found);
            List<String> done = endsWithLine(found) ? steps : steps.subList(0, steps.size() - 1);
            List<String> all = lines(whole);
            return done.size() <= all.size() && done.equals(all.subList(0, done.size()));
        }
    },

    /**
     * The same lines in any order, which depends on the threads; before the end, some of these lines, the last possibly
     * truncated.
     */
    RESULTS {
        @Override
        boolean isSame(byte[] whole, byte[] found) {
            return sorted(whole).equals(sorted(found)) && endsWithLine(found);
        }

        @Override
        boolean isPart(byte[] whole, byte[] found, Path file) {
            List<String> results = lines(found);
            List<String> done = endsWithLine(found) ? results : results.subList(0, results.size() - 1);
            return Set.copyOf(lines(whole)).containsAll(done);
        }

        private List<String> sorted(byte[] bytes) {
            return lines(bytes).stream().sorted().toList();
        }
    };

    private static final Pattern SECONDS = Pattern.compile(",\"seconds\":[-+.0-9E]+");

    /** Returns whether a finished run may leave this content. */
    abstract boolean isSame(byte[] whole, byte[] found);

    /** Returns whether a killed run may leave this content. */
    abstract boolean isPart(byte[] whole, byte[] found, Path file);

    /** Returns whether a tensor file is as it was written. */
    static boolean isWhole(Path file) {
        try {
            SafetensorsFile tensors = SafetensorsFile.open(file);
            if (tensors.metadata().containsKey("checksum")) {
                SealedTensors.open(file);
            }
            return true;
        } catch (ClapException e) {
            return false;
        }
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> SECONDS.matcher(line).replaceAll(""))
                .toList();
    }

    private static boolean endsWithLine(byte[] bytes) {
        return bytes.length == 0 || bytes[bytes.length - 1] == '\n';
    }
}
