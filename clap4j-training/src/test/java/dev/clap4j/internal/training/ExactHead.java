package dev.clap4j.internal.training;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.HeadObjective;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.PairLoss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** A head and its losses in double precision, as they are defined. */
final class ExactHead {
    private final ResidualMlp network;
    private final Map<String, double[]> parameters = new LinkedHashMap<>();

    ExactHead(ResidualMlp network, Map<String, TensorData> parameters) {
        this.network = network;
        parameters.forEach((name, values) -> this.parameters.put(name, doubles(values)));
    }

    private static double[] doubles(TensorData values) {
        double[] doubles = new double[(int) values.elements()];
        Arrays.setAll(doubles, values::floatAt);
        return doubles;
    }

    static double[][] rows(TensorData matrix) {
        double[][] rows = new double[(int) matrix.shape()[0]][];
        double[] all = doubles(matrix);
        int width = all.length / rows.length;
        Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * width, (i + 1) * width));
        return rows;
    }

    /** Returns a parameter's values, which may be changed. */
    double[] parameter(String name) {
        return parameters.get(name);
    }

    double loss(HeadObjective objective, double[][] x) {
        double[][] y = Arrays.stream(x).map(this::forward).toArray(double[][]::new);
        if (objective instanceof ClapObjective clap) {
            int n = y.length / 3;
            return pairs(clap.text(), Arrays.copyOfRange(y, 0, 2 * n))
                    + clap.contentWeight() * pairs(clap.content(), Arrays.copyOfRange(y, n, 3 * n));
        }
        return pairs(((ImAugObjective) objective).images(), y);
    }

    private double[] forward(double... x) {
        double[] hidden = linear("linear.", activated(x));
        for (int i = 0; i < network.repeat(); i++) {
            hidden = linear("latent_linear." + i + ".1.", activated(hidden));
        }
        double[] y = product(parameters.get("projection.weight"), hidden);
        int[] sampled = network.nearestIndices();
        for (int i = 0; i < y.length; i++) {
            y[i] += x[sampled[i]];
        }
        return y;
    }

    private double[] activated(double... x) {
        return Arrays.stream(x)
                .map(value -> value * gate(network.activation(), value))
                .toArray();
    }

    private static double gate(Activation activation, double x) {
        return switch (activation) {
            case SILU -> sigmoid(x);
            case QUICK_GELU -> sigmoid(1.702 * x);
            case GELU -> (1 + erf(x / Math.sqrt(2))) / 2;
            case GELU_TANH -> sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x > 0 ? 1 : 0.01;
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Returns the error function by a series of positive terms, {@code 2 / √π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!}. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private double[] linear(String name, double... x) {
        double[] y = product(parameters.get(name + "weight"), x);
        double[] bias = parameters.get(name + "bias");
        for (int i = 0; i < y.length; i++) {
            y[i] += bias[i];
        }
        return y;
    }

    private static double[] product(double[] weight, double... x) {
        double[] y = new double[weight.length / x.length];
        for (int i = 0; i < weight.length; i++) {
            y[i / x.length] += weight[i] * x[i % x.length];
        }
        return y;
    }

    private static double pairs(PairLoss loss, double[]... rows) {
        int n = rows.length / 2;
        double[][] x = Arrays.copyOfRange(rows, 0, n);
        double[][] y = Arrays.copyOfRange(rows, n, 2 * n);
        return switch (loss.form()) {
            case NT_XENT -> entropy(rows, rows, i -> (i + n) % (2 * n), true, loss.temperature());
            case INFO_NCE -> entropy(x, y, i -> i, false, loss.temperature());
            case SYMMETRIC ->
                (entropy(x, y, i -> i, false, loss.temperature()) + entropy(y, x, i -> i, false, loss.temperature()))
                        / 2;
        };
    }

    private static double entropy(
            double[][] x, double[][] y, IntUnaryOperator partner, boolean withoutSelf, double temperature) {
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            double sum = 0;
            for (int j = 0; j < y.length; j++) {
                sum += withoutSelf && i == j ? 0 : Math.exp(cosine(x[i], y[j]) / temperature);
            }
            loss += Math.log(sum) - cosine(x[i], y[partner.applyAsInt(i)]) / temperature;
        }
        return loss / x.length;
    }

    private static double cosine(double[] x, double... y) {
        return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    }

    private static double dot(double[] x, double... y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
