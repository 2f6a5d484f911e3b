package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.evaluation.DerivedMetrics;
import dev.clap4j.evaluation.MethodDifference;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PairedAnswers;
import dev.clap4j.evaluation.PromptResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts the finished batches of a run. */
final class Tally {
    private final List<AttackedBatch> batches;
    private final List<String> domains;

    Tally(List<AttackedBatch> batches, List<String> domains) {
        this.batches = batches;
        this.domains = domains;
    }

    /** Returns one method's results under each attack, the clean images first. */
    MethodRobustness count(AttackMethod method, List<Attack> attacks) {
        List<AttackRow> rows = new ArrayList<>();
        attacks.forEach(attack -> rows.add(row(method.name(), attack.name())));
        List<Attack> real = real(attacks);
        if (real.size() > 1) {
            rows.add(all(method.name(), real));
        }
        return new MethodRobustness(method.name(), method.method().alpha(), rows);
    }

    /** Compares every method with every one before it, on the same images under the same attack. */
    List<MethodDifference> differences(List<MethodRobustness> methods, List<Attack> attacks, long seed) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        attacks.forEach(attack -> rows.put(attack.name(), List.of(attack.name())));
        List<String> real = real(attacks).stream().map(Attack::name).toList();
        if (real.size() > 1) {
            rows.put(MethodRobustness.ALL, real);
        }
        List<String> names = methods.stream().map(MethodRobustness::method).toList();
        List<List<List<double[]>>> right = names.stream()
                .map(method -> rows.values().stream()
                        .map(withstood -> rightByDomain(method, withstood))
                        .toList())
                .toList();
        return PairedAnswers.of(names, right).pairs(DerivedMetrics.accuracies(List.copyOf(rows.keySet())), seed);
    }

    private static List<Attack> real(List<Attack> attacks) {
        return attacks.stream().filter(attack -> attack.gradients(2) > 0).toList();
    }

    /** Returns by domain 1 for each image that withstands all attacks, else 0, {@code [images]} ordered by name. */
    private List<double[]> rightByDomain(String method, List<String> attacks) {
        Map<String, Map<String, Boolean>> byDomain = new LinkedHashMap<>();
        domains.forEach(domain -> byDomain.put(domain, new TreeMap<>()));
        for (String each : attacks) {
            for (AttackedBatch batch : of(method, each)) {
                for (int i = 0; i < batch.labels().size(); i++) {
                    byDomain.get(batch.domain()).merge(batch.images().get(i), batch.isRight(i), Boolean::logicalAnd);
                }
            }
        }
        return byDomain.values().stream()
                .map(images -> images.values().stream()
                        .mapToDouble(right -> right ? 1 : 0)
                        .toArray())
                .toList();
    }

    private List<AttackedBatch> of(String method, String attack) {
        return batches.stream()
                .filter(batch -> batch.method().equals(method) && batch.attack().equals(attack))
                .toList();
    }

    private static List<Boolean> right(List<AttackedBatch> attacked) {
        return attacked.stream()
                .flatMap(batch -> IntStream.range(0, batch.labels().size()).mapToObj(batch::isRight))
                .toList();
    }

    private AttackRow row(String method, String attack) {
        List<AttackedBatch> attacked = of(method, attack);
        List<PromptResult> prompts = attacked.get(0).predicted().keySet().stream()
                .map(prompt -> result(prompt, attacked))
                .toList();
        List<Boolean> right = right(attacked);
        double change = Metrics.mean(
                attacked.stream().flatMap(batch -> batch.changes().stream()).toList());
        int zero = attacked.stream().mapToInt(AttackedBatch::zeroGradients).sum();
        return new AttackRow(attack, prompts, success(method, right), count(right), zero, change);
    }

    /** Returns the row of images that withstand every attack. */
    private AttackRow all(String method, List<Attack> attacks) {
        List<List<Boolean>> each =
                attacks.stream().map(attack -> right(of(method, attack.name()))).toList();
        List<Boolean> right = IntStream.range(0, each.get(0).size())
                .mapToObj(i -> each.stream().allMatch(one -> one.get(i)))
                .toList();
        List<AttackedBatch> first = of(method, attacks.get(0).name());
        Map<String, List<Boolean>> byDomain = new LinkedHashMap<>();
        int at = 0;
        for (AttackedBatch batch : first) {
            int end = at + batch.labels().size();
            byDomain.computeIfAbsent(batch.domain(), d -> new ArrayList<>()).addAll(right.subList(at, end));
            at = end;
        }
        Map<String, Double> accuracy = new LinkedHashMap<>();
        byDomain.forEach((domain, answers) -> accuracy.put(domain, 100.0 * count(answers) / answers.size()));
        String prompt = first.get(0).predicted().keySet().iterator().next();
        PromptResult result = new PromptResult(prompt, accuracy, Metrics.mean(accuracy.values()));
        return new AttackRow(MethodRobustness.ALL, List.of(result), success(method, right), count(right), 0, 0);
    }

    private PromptResult result(String prompt, List<AttackedBatch> attacked) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        for (String domain : domains) {
            List<AttackedBatch> own =
                    attacked.stream().filter(b -> b.domain().equals(domain)).toList();
            int[] found = numbers(own.stream().map(batch -> batch.predicted().get(prompt)));
            int[] labels = numbers(own.stream().map(AttackedBatch::labels));
            accuracy.put(domain, Metrics.accuracy(found, labels));
        }
        return new PromptResult(prompt, accuracy, Metrics.mean(accuracy.values()));
    }

    private static int[] numbers(Stream<List<Integer>> lists) {
        return lists.flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }

    private Double success(String method, List<Boolean> right) {
        List<Boolean> before = right(of(method, batches.get(0).attack()));
        int recognised = count(before);
        long fallen = IntStream.range(0, right.size())
                .filter(i -> before.get(i) && !right.get(i))
                .count();
        return recognised == 0 ? null : (Double) (100.0 * fallen / recognised);
    }

    private static int count(List<Boolean> right) {
        return (int) right.stream().filter(Boolean::booleanValue).count();
    }
}
