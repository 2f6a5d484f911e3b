package dev.clap4j.fuzz;

import dev.clap4j.ClapException;
import dev.clap4j.fuzz.mutation.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A reader of text that begins with "sound", and others with a planted fault: a digit brings it out, and one input has it. */
public final class ToyTargets implements TargetList {
    static final int EXIT_CODE = 3;

    private static ByteBuffer kept; // so that the memory is not given back at once

    @Override
    public List<Target> targets() {
        return List.of(
                target("sound", () -> {}),
                target("exception", () -> {
                    throw new IllegalStateException("planted");
                }),
                target("hang", () -> Thread.sleep(60_000)),
                target("memory", ToyTargets::grow),
                target("abort", () -> Runtime.getRuntime().halt(EXIT_CODE)));
    }

    private interface Fault {
        void happen() throws Exception;
    }

    private static Target target(String name, Fault fault) {
        return new Target(
                name,
                () -> Stream.of("sound\n", "sound 7\n").map(ToyTargets::toy).toList(),
                folder -> {
                    String text = read(folder.resolve("toy.txt"));
                    if (text.matches("(?s).*\\d.*")) {
                        fault.happen();
                    }
                    if (!text.startsWith("sound")) {
                        throw new ClapException("It does not begin with \"sound\"");
                    }
                });
    }

    private static Input toy(String text) {
        return Input.of("toy.txt", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** Outside the heap, which allocations on the heap do not show. */
    private static void grow() throws InterruptedException {
        kept = ByteBuffer.allocateDirect(240 << 20);
        for (int i = 0; i < kept.capacity(); i += 1024) {
            kept.put(i, (byte) 1);
        }
        Thread.sleep(1_000);
    }
}
