package dev.clap4j.internal.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EarlyStoppingTests {
    private static JsonNode golden(String file) throws IOException {
        return Golden.json("training-trace/" + file);
    }

    @TestFactory
    Stream<DynamicTest> sequencesOfTheReference() throws IOException {
        return golden("early_stopping.json")
                .get("sequences")
                .valueStream()
                .map(sequence -> DynamicTest.dynamicTest(sequence.get("name").asText(), () -> follow(sequence)));
    }

    private static void follow(JsonNode sequence) {
        EarlyStopping stopping = EarlyStopping.start(
                sequence.get("patience").asInt(), sequence.get("delta").asDouble());
        for (JsonNode event : sequence.get("events")) {
            stopping = stopping.check(event.get("loss").asDouble());
            assertThat(stopping.improved()).isEqualTo(event.get("saved").asBoolean());
            assertThat(stopping.failures()).isEqualTo(event.get("counter").asInt());
            assertThat(stopping.shouldStop()).isEqualTo(event.get("stop").asBoolean());
        }
    }

    @Test
    void windowMeansOfTheReference() throws IOException {
        JsonNode losses = golden("trace.json").get("loss");
        JsonNode means = golden("early_stopping.json").get("window_means");
        assertThat(means).isNotEmpty();
        means.properties().forEach(entry -> {
            int length = Integer.parseInt(entry.getKey());
            JsonNode expected = entry.getValue();
            for (int window = 0; window < expected.size(); window++) {
                LossWindow mean = new LossWindow();
                for (int step = window * length; step < (window + 1) * length; step++) {
                    mean.add(losses.get(step).asDouble());
                }
                // The same sums in the same order in float64.
                assertThat(mean.mean()).isCloseTo(expected.get(window).asDouble(), within(1e-12));
            }
        });
    }

    @Test
    void aWindowOfOneStepHasItsLoss() {
        LossWindow window = new LossWindow();
        window.add(2.5);
        assertThat(window.mean()).isEqualTo(2.5);
    }
}
