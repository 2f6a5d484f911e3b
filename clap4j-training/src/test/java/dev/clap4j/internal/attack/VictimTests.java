package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.Progress;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VictimTests {
    private static final List<String> IDS = List.of("0", "1");

    @TempDir
    Path folder;

    /** In the middle of an attack, which goes on to its end. */
    @Test
    void itMayBeClosedWhileItIsAttacked() {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        Victim victim = Victim.clip(Checkpoint.open(folder));
        Attacker attacker = new Attacker(victim, ThreatModel.PIXEL, 8 / 255.0);
        TensorData images = attacker.images(
                new TensorData("pixels", DataType.U8, new long[] {2, 3, 32, 32}, TensorData.allocate(2 * 3 * 32 * 32)));
        Scorer scorer = Scorer.zeroShot(new FeatureMatrix(IDS, victim.dim(), ascending(2 * victim.dim())));
        Attack pgd = Attacks.parse("pgd-5").get(0);
        Attacked undisturbed = attacker.attack(pgd, scorer, images, new int[] {0, 1}, random(), Steps.unreported());

        Progress closing = new Progress() {
            @Override
            public void advance(long steps) {
                victim.close();
            }
        };
        Attacked attacked =
                attacker.attack(pgd, scorer, images, new int[] {0, 1}, random(), Steps.begin(closing, "pgd-5", 10));

        assertThat(attacked.images().toFloats()).isEqualTo(undisturbed.images().toFloats());
        assertThatThrownBy(() -> attacker.features(IDS, images))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The victim is closed");
        victim.close();
    }

    private static List<RandomGenerator> random() {
        return List.of(
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                RandomGeneratorFactory.of("L64X128MixRandom").create(2));
    }

    private static float[] ascending(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 7 - 3;
        }
        return values;
    }
}
