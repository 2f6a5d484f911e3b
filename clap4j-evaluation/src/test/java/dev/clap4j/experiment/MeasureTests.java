package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.ZeroShot;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTests {
    @Test
    void titlesAreFilledWithTheCondition() {
        assertThat(ZeroShot.ACCURACY.title(ResultQuery.condition("prompt=PC", "data=unseen")))
                .isEqualTo("Zero-shot, PC, unseen domains");
        assertThat(ZeroShot.ACCURACY.symbol(ResultQuery.condition("prompt=PC"))).isEqualTo("PC");
    }

    @Test
    void absentDimensionsAreLeftOutOfTitles() {
        assertThat(ZeroShot.ACCURACY.title(ResultQuery.condition("prompt=PC"))).isEqualTo("Zero-shot, PC");
        assertThat(ZeroShot.ACCURACY.title(Condition.NONE)).isEqualTo("Zero-shot");
        assertThat(FewShot.PROBE.title(ResultQuery.condition("shots=4"))).isEqualTo("4-shot probe, all images");
    }

    @Test
    void bracesAndCommasOfAValueStay() {
        assertThat(ZeroShot.ACCURACY.title(ResultQuery.condition("prompt={class}, a blurry picture of a {class}")))
                .isEqualTo("Zero-shot, {class}, a blurry picture of a {class}");
        assertThat(ZeroShot.ACCURACY.title(ResultQuery.condition("prompt=a {class} under none")))
                .isEqualTo("Zero-shot, a {class} under none");
        assertThat(Measurements.measure("{a, b").title(Condition.NONE)).isEqualTo("{a, b");
    }

    @Test
    void namesAreUnique() {
        List<String> ids = Measurements.ALL.stream()
                .flatMap(kind -> kind.measures().stream())
                .map(Measure::id)
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids)
                .allSatisfy(id -> assertThat(Measurements.measure(id).id()).isEqualTo(id));
        assertThat(Measurements.ALL).extracting(MeasurementKind::id).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownMeasurementIsNamed() {
        assertThatThrownBy(() -> Measurements.named("fewshots"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(
                        "There is no measurement fewshots (did you mean fewshot?); there are zeroshot,");
    }
}
