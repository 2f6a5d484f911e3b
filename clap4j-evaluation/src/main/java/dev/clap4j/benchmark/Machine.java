package dev.clap4j.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The machine of a benchmark, as far as the operating system tells.
 *
 * @param processor its name
 * @param instructions the sets of vector and matrix instructions that it has, such as AVX-512 and AMX; empty if unknown
 * @param threads the number of hardware threads
 * @param memoryGib its memory in GiB
 * @param java the version of Java
 * @param load the load average at the start; null if unknown
 */
public record Machine(
        String processor, List<String> instructions, int threads, double memoryGib, String java, Double load) {
    private static final double KIB_PER_GIB = 1 << 20;

    /** The instructions that rates depend on most, by the flags that Linux gives them. */
    private static final Map<String, String> INSTRUCTIONS = new TreeMap<>(Map.of(
            "avx2", "AVX2",
            "avx512f", "AVX-512",
            "avx512_vnni", "VNNI",
            "avx512_bf16", "BF16",
            "amx_tile", "AMX",
            "asimd", "NEON",
            "sve", "SVE"));

    static Machine own() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new Machine(
                field("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
                ownInstructions(),
                Runtime.getRuntime().availableProcessors(),
                gib("/proc/meminfo", "MemTotal").orElse(0.0),
                System.getProperty("java.version"),
                load < 0 ? null : (Double) load);
    }

    private static List<String> ownInstructions() {
        String file = "/proc/cpuinfo";
        String flags = field(file, "flags").or(() -> field(file, "Features")).orElse("");
        List<String> known = List.of(flags.split(" "));
        return INSTRUCTIONS.keySet().stream()
                .filter(known::contains)
                .map(INSTRUCTIONS::get)
                .toList();
    }

    /** Returns the peak memory of this process in GiB; empty if unknown. */
    static Optional<Double> peakGib() {
        return gib("/proc/self/status", "VmHWM");
    }

    private static Optional<Double> gib(String file, String field) {
        return field(file, field).map(kib -> Double.parseDouble(kib.replaceAll("[^0-9]", "")) / KIB_PER_GIB);
    }

    private static Optional<String> field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
