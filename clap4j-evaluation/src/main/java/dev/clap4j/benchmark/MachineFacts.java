package dev.clap4j.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** Facts about the machine and this process, from the operating system. */
final class MachineFacts {
    private static final double KIB_PER_GIB = 1 << 20;

    private MachineFacts() {}

    static Benchmark.Machine machine() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new Benchmark.Machine(
                field(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                kib("/proc/meminfo", "MemTotal").orElse(0) / KIB_PER_GIB,
                System.getProperty("java.version"),
                load < 0 ? null : (Double) load);
    }

    /** Returns the peak memory of this process in GiB; empty if unknown. */
    static OptionalDouble peakGib() {
        OptionalDouble kib = kib("/proc/self/status", "VmHWM");
        return kib.isPresent() ? OptionalDouble.of(kib.getAsDouble() / KIB_PER_GIB) : kib;
    }

    private static OptionalDouble kib(String file, String field) {
        return field(Path.of(file), field)
                .map(value -> OptionalDouble.of(Double.parseDouble(value.replaceAll("[^0-9]", ""))))
                .orElse(OptionalDouble.empty());
    }

    private static Optional<String> field(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
