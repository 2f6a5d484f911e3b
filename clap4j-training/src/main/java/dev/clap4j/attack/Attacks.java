package dev.clap4j.attack;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the names of attacks. */
public final class Attacks {
    private static final List<String> NAMES =
            List.of("fgsm", "pgd", "cw", "apgd-ce", "apgd-t", "fab-t", "square", "autoattack");

    private static final Pattern NAME = Pattern.compile("(" + String.join("|", NAMES) + ")(?:-(\\d{1,5}))?");
    private static final int OFFICIAL_STEPS = 20;

    private static final String KNOWN = "fgsm, pgd-20, cw-20, apgd-ce-100, apgd-t-100, fab-t-100 and square-5000, where"
            + " the number of steps is yours to choose, and autoattack";

    private Attacks() {}

    /**
     * Parses a list of attacks such as {@code "fgsm,pgd-20,apgd-t"}, ignoring case.
     *
     * @throws ClapException if an attack is unknown, a duplicate, or has an invalid number of steps
     */
    public static List<Attack> parse(String commaSeparated) {
        List<Attack> attacks = new ArrayList<>();
        for (String name :
                Objects.requireNonNull(commaSeparated, "commaSeparated").split(",", -1)) {
            Attack attack = one(name.strip());
            if (attacks.stream().anyMatch(other -> other.name().equals(attack.name()))) {
                throw new ClapException(
                        "The attack " + attack.name() + " is named twice in \"" + commaSeparated + "\"");
            }
            attacks.add(attack);
        }
        return attacks;
    }

    private static Attack one(String name) {
        Matcher parts = NAME.matcher(name.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new ClapException(
                    "Unknown attack \"" + name + "\"" + NearestName.hint(name, NAMES) + "; there are " + KNOWN);
        }
        boolean counted = parts.group(2) != null;
        int steps = counted ? Integer.parseInt(parts.group(2)) : 0;
        if (counted && steps == 0) {
            throw new ClapException("The attack \"" + name + "\" makes no step; write for instance pgd-20");
        }
        return switch (parts.group(1)) {
            case "fgsm" -> {
                if (counted) {
                    throw new ClapException("FGSM makes one step, so \"" + name + "\" is none; write fgsm, or pgd-20");
                }
                yield SignedGradient.fgsm();
            }
            case "pgd" -> SignedGradient.pgd(counted ? steps : OFFICIAL_STEPS);
            case "cw" -> SignedGradient.carliniWagner(counted ? steps : OFFICIAL_STEPS);
            case "autoattack" -> {
                if (counted) {
                    throw new ClapException(
                            "AutoAttack's numbers of steps are fixed, so \"" + name
                                    + "\" is none; write autoattack, or for instance apgd-ce-50,apgd-t-50,fab-t-50,square-1000");
                }
                yield AutoAttack.standard();
            }
            case "fab-t" -> new TargetedFab(counted ? steps : TargetedFab.STANDARD_STEPS);
            case "square" -> new SquareAttack(counted ? steps : SquareAttack.STANDARD_QUERIES);
            case "apgd-ce" -> new AutoPgd(AutoPgd.Aim.CROSS_ENTROPY, counted ? steps : AutoPgd.STANDARD_STEPS);
            default -> new AutoPgd(AutoPgd.Aim.TARGETED, counted ? steps : AutoPgd.STANDARD_STEPS);
        };
    }
}
