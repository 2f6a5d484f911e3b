package dev.clap4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MinimizerTests {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasBoth(Input input) {
        String text = new String(input.files().getOrDefault("a", new byte[0]), StandardCharsets.UTF_8);
        return text.contains("x") && text.contains("yz");
    }

    @Test
    void onlyWhatTheFaultNeedsStays() {
        Input input = Input.of("a", bytes("0123x456789yz0123456789")).with("b", bytes("nothing"));
        Input minimal = new Minimizer(MinimizerTests::hasBoth, 1_000).minimize(input);
        assertThat(minimal).isEqualTo(Input.of("a", bytes("xyz")));
    }

    @Test
    void triesAreCounted() {
        AtomicInteger tries = new AtomicInteger();
        Input input = Input.of("a", new byte[5_000]);
        Input minimal = new Minimizer(candidate -> tries.incrementAndGet() < 0, 20).minimize(input);
        assertThat(minimal).isEqualTo(input);
        assertThat(tries).hasValue(20);
    }
}
