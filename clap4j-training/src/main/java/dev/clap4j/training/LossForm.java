package dev.clap4j.training;

import dev.clap4j.training.objective.InfoNce;
import dev.clap4j.training.objective.NtXent;
import dev.clap4j.training.objective.PairLoss;
import dev.clap4j.training.objective.SymmetricInfoNce;

/** The forms of the contrastive loss, by name. */
final class LossForm {
    private static final String NT_XENT = "nt_xent";
    private static final String INFO_NCE = "info_nce";
    private static final String SYMMETRIC = "symmetric";

    /** All names. */
    static final String[] NAMES = {NT_XENT, INFO_NCE, SYMMETRIC};

    private LossForm() {}

    /** Returns the loss of a form at a temperature. */
    static PairLoss of(String name, double temperature) {
        return switch (name) {
            case NT_XENT -> new NtXent(temperature);
            case INFO_NCE -> new InfoNce(temperature);
            case SYMMETRIC -> new SymmetricInfoNce(temperature);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Returns the common name of two losses, or both names, separated by a comma. */
    static String text(PairLoss one, PairLoss other) {
        return name(one).equals(name(other)) ? name(one) : name(one) + "," + name(other);
    }

    private static String name(PairLoss loss) {
        if (loss instanceof NtXent) {
            return NT_XENT;
        }
        return loss instanceof InfoNce ? INFO_NCE : SYMMETRIC;
    }
}
