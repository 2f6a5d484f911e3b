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

/** How a file of a disturbed run is compared with that of an undisturbed one. */
enum Comparison {
    /** The same bytes, whenever it is there. */
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

    /** The same bytes in the end; before, an earlier state that is whole. */
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

    /** A line for every step, the same but for {@code "seconds"}; before, the first of them, the last perhaps cut short. */
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

    /** The same lines in any order, that in which threads came to their ends; before, some of them, the last perhaps cut short. */
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

    /** Whether a finished run may leave that. */
    abstract boolean isSame(byte[] whole, byte[] found);

    /** Whether a killed run may leave that. */
    abstract boolean isPart(byte[] whole, byte[] found, Path file);

    /** Whether a file of tensors is as it was written. */
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
