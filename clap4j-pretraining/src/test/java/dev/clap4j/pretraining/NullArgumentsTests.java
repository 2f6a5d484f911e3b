package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A null argument is refused by its name where it enters the library. */
class NullArgumentsTests {
    @TestFactory
    Stream<DynamicTest> areNamed() {
        return Map.<String, ThrowingCallable>of(
                        "folder", () -> CaptionedFolder.open(null, 32, 0),
                        "options", () -> new ClipPretrainer(null, null, Optional.empty()),
                        "nameOrFile", () -> PretrainOptions.of(null),
                        "given", () -> PretrainOptions.of("tiny").with(null))
                .entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> assertThatThrownBy(entry.getValue())
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(entry.getKey())));
    }
}
