package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.run.Steps;
import org.junit.jupiter.api.Test;

class ForcesTests {
    private static final JsonNode REFERENCE = Blobs.reference().get("fixed");

    private static ExactForces exact(int count, double perplexity) {
        return ExactForces.of(new Points(Blobs.points(count)), perplexity, Steps.unreported());
    }

    private static BarnesHutForces barnesHut(int count, double perplexity, double angle) {
        return BarnesHutForces.of(new Points(Blobs.points(count)), perplexity, angle, Steps.unreported());
    }

    private static double[] map(int count) {
        float[] places = Blobs.flat(Blobs.points(count)).values();
        double[] map = new double[places.length];
        for (int k = 0; k < map.length; k++) {
            map[k] = places[k];
        }
        return map;
    }

    private static double[] gradient(Forces forces, double[] map) {
        double[] gradient = new double[map.length];
        forces.gradient(map, 1, gradient);
        return gradient;
    }

    /** The reference finds its neighbourhoods' widths to 1e-5 of the entropy, in floats. */
    @Test
    void divergenceAndGradientAreTheReferences() {
        ExactForces forces = exact(300, 30);

        double[] gradient = gradient(forces, map(300));

        double divergence = REFERENCE.get("divergence").asDouble();
        assertThat(forces.divergence(map(300))).isCloseTo(divergence, within(1e-4 * divergence));
        for (JsonNode expected : REFERENCE.get("gradient")) {
            int i = expected.get(0).asInt();
            assertThat(gradient[2 * i]).isCloseTo(expected.get(1).asDouble(), within(1e-6));
            assertThat(gradient[2 * i + 1]).isCloseTo(expected.get(2).asDouble(), within(1e-6));
        }
    }

    @Test
    void theGradientIsThatOfTheDivergence() {
        ExactForces forces = exact(90, 10);
        double[] map = map(90);
        double[] gradient = gradient(forces, map);

        for (int k = 0; k < map.length; k += 17) {
            double step = 1e-5;
            double[] ahead = map.clone();
            ahead[k] += step;
            double[] behind = map.clone();
            behind[k] -= step;
            double slope = (forces.divergence(ahead) - forces.divergence(behind)) / (2 * step);
            assertThat(gradient[k]).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void withAllNeighboursAndNoAngleBarnesHutIsExact() {
        double[] map = map(90);

        double[] gradient = gradient(barnesHut(90, 30, 0), map);

        double[] expected = gradient(exact(90, 30), map);
        for (int k = 0; k < map.length; k++) {
            assertThat(gradient[k]).isCloseTo(expected[k], within(1e-12));
        }
        assertThat(barnesHut(90, 30, 0.5).divergence(map))
                .isCloseTo(exact(90, 30).divergence(map), within(1e-9));
    }

    @Test
    void anAngleCostsLittle() {
        double[] map = map(600);

        double[] rough = gradient(barnesHut(600, 30, 0.5), map);

        double[] exact = gradient(barnesHut(600, 30, 0), map);
        double error = 0;
        double length = 0;
        for (int k = 0; k < map.length; k++) {
            error += Math.pow(rough[k] - exact[k], 2);
            length += Math.pow(exact[k], 2);
        }
        assertThat(Math.sqrt(error / length)).isBetween(1e-6, 0.03);
    }

    @Test
    void neighboursAreMutualAndWeighOneInAll() {
        BarnesHutForces graph = barnesHut(300, 10, 0.5);

        double sum = 0;
        for (int i = 0; i < 300; i++) {
            for (int k = graph.starts()[i]; k < graph.starts()[i + 1]; k++) {
                sum += graph.values()[k];
                assertThat(joint(graph, graph.columns()[k], i)).isEqualTo(graph.values()[k]);
            }
            assertThat(graph.starts()[i + 1] - graph.starts()[i]).isBetween(30, 299);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    private static double joint(BarnesHutForces graph, int i, int j) {
        for (int k = graph.starts()[i]; k < graph.starts()[i + 1]; k++) {
            if (graph.columns()[k] == j) {
                return graph.values()[k];
            }
        }
        return 0;
    }
}
