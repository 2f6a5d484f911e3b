package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTests {
    private static final Condition CLAP = ResultQuery.condition("method=CLAP", "alpha=0.14", "seed=1");

    @Test
    void dimensionsKeepTheirOrder() {
        assertThat(CLAP.with("prompt", "C").values().keySet()).containsExactly("method", "alpha", "seed", "prompt");
        assertThat(CLAP.with("alpha", 1f).values().values()).containsExactly("CLAP", "1.0", "1");
        assertThat(CLAP.title()).isEqualTo("CLAP α=0.14 seed=1");
    }

    @Test
    void dimensionsAreLeftOut() {
        assertThat(CLAP.with("alpha", null)).isEqualTo(CLAP.without("alpha"));
        assertThat(CLAP.without("alpha", "seed", "shots")).isEqualTo(CLAP.only(List.of("method", "prompt")));
        assertThat(CLAP.has("alpha")).isTrue();
        assertThat(CLAP.without("alpha").get("alpha")).isNull();
        assertThat(Condition.NONE.title()).isEmpty();
    }

    @Test
    void theSecondConditionTakesPrecedence() {
        assertThat(CLAP.and(new Condition(Map.of("seed", "2"))).get("seed")).isEqualTo("2");
        assertThat(CLAP.matches(new Condition(Map.of("seed", "1")))).isTrue();
        assertThat(CLAP.matches(new Condition(Map.of("seed", "2")))).isFalse();
        assertThat(CLAP.matches(new Condition(Map.of("prompt", "C")))).isFalse();
        assertThat(CLAP.matches(Condition.NONE)).isTrue();
    }
}
