package dev.clap4j.fuzz.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of the process at a moment.
 *
 * @param residentMegabytes its resident memory; 0 on systems that do not report it
 */
record Memory(long residentMegabytes) {
    private static final int KIB_PER_MIB = 1024;

    /** Measures the current memory. */
    static Memory now() {
        return new Memory(resident());
    }

    private static long resident() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new IllegalStateException("The system's own file cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return residentMegabytes + " MB";
    }
}
