//! `HubSpot`'s export of deals: its labels in the languages of its users, its internal names, and
//! one column for each stage with the day on which a deal came into it.

use super::columns::Names;
use super::slot::DealSlot;
use crate::exchange::names::normal;

/// Labels in English, then German, Spanish, French, Japanese, Dutch, Portuguese, Italian, Polish,
/// Swedish and Finnish; at the end the internal names.
pub(super) const NAMES: Names = &[
    ("Record ID", DealSlot::Id),
    ("Deal ID", DealSlot::Id),
    ("Datensatz-ID", DealSlot::Id),
    ("ID de registro", DealSlot::Id),
    ("ID del registro", DealSlot::Id),
    ("ID de l'enregistrement", DealSlot::Id),
    ("ID d'enregistrement", DealSlot::Id),
    ("レコードID", DealSlot::Id),
    ("ID do registro", DealSlot::Id),
    ("ID record", DealSlot::Id),
    ("Identyfikator rekordu", DealSlot::Id),
    ("Post-ID", DealSlot::Id),
    ("Tietueen tunnus", DealSlot::Id),
    ("hs_object_id", DealSlot::Id),
    ("Deal Name", DealSlot::Name),
    ("Nombre del negocio", DealSlot::Name),
    ("Nom de la transaction", DealSlot::Name),
    ("取引名", DealSlot::Name),
    ("Dealnaam", DealSlot::Name),
    ("Nome do negócio", DealSlot::Name),
    ("Nome affare", DealSlot::Name),
    ("Nome dell'affare", DealSlot::Name),
    ("Nazwa transakcji", DealSlot::Name),
    ("Affärsnamn", DealSlot::Name),
    ("Kaupan nimi", DealSlot::Name),
    ("Deal Stage", DealSlot::Stage),
    ("Deal-Phase", DealSlot::Stage),
    ("Etapa del negocio", DealSlot::Stage),
    ("Phase de la transaction", DealSlot::Stage),
    ("取引ステージ", DealSlot::Stage),
    ("Dealfase", DealSlot::Stage),
    ("Etapa do negócio", DealSlot::Stage),
    ("Fase dell'affare", DealSlot::Stage),
    ("Etap transakcji", DealSlot::Stage),
    ("Affärsfas", DealSlot::Stage),
    ("Kaupan vaihe", DealSlot::Stage),
    ("Close Date", DealSlot::Closed),
    ("Abschlussdatum", DealSlot::Closed),
    ("Fecha de cierre", DealSlot::Closed),
    ("Date de fermeture", DealSlot::Closed),
    ("クローズ日", DealSlot::Closed),
    ("Sluitingsdatum", DealSlot::Closed),
    ("Afsluitdatum", DealSlot::Closed),
    ("Data de fechamento", DealSlot::Closed),
    ("Data di chiusura", DealSlot::Closed),
    ("Data zamknięcia", DealSlot::Closed),
    ("Stängningsdatum", DealSlot::Closed),
    ("Sulkemispäivä", DealSlot::Closed),
    ("Create Date", DealSlot::Created),
    ("Erstelldatum", DealSlot::Created),
    ("Erstellungsdatum", DealSlot::Created),
    ("Fecha de creación", DealSlot::Created),
    ("Date de création", DealSlot::Created),
    ("作成日", DealSlot::Created),
    ("Aanmaakdatum", DealSlot::Created),
    ("Data de criação", DealSlot::Created),
    ("Data di creazione", DealSlot::Created),
    ("Data utworzenia", DealSlot::Created),
    ("Skapad den", DealSlot::Created),
    ("Luontipäivä", DealSlot::Created),
    ("hs_createdate", DealSlot::Created),
    ("Amount", DealSlot::Amount),
    ("Betrag", DealSlot::Amount),
    ("Importe", DealSlot::Amount),
    ("Valor", DealSlot::Amount),
    ("Montant", DealSlot::Amount),
    ("金額", DealSlot::Amount),
    ("Bedrag", DealSlot::Amount),
    ("Importo", DealSlot::Amount),
    ("Kwota", DealSlot::Amount),
    ("Belopp", DealSlot::Amount),
    ("Summa", DealSlot::Amount),
    ("Deal Currency", DealSlot::Currency),
    ("deal_currency_code", DealSlot::Currency),
    ("Deal owner", DealSlot::Owner),
    ("Deal-Inhaber", DealSlot::Owner),
    ("Propietario del negocio", DealSlot::Owner),
    ("Propriétaire de la transaction", DealSlot::Owner),
    ("取引担当者", DealSlot::Owner),
    ("Dealeigenaar", DealSlot::Owner),
    ("Proprietário do negócio", DealSlot::Owner),
    ("Proprietario dell'affare", DealSlot::Owner),
    ("hubspot_owner_id", DealSlot::Owner),
    ("パイプライン", DealSlot::Pipeline),
    ("Deal Type", DealSlot::Business),
    ("Deal-Typ", DealSlot::Business),
    ("Tipo de negocio", DealSlot::Business),
    ("Closed Lost Reason", DealSlot::LostReason),
    ("Grund für verlorenen Deal", DealSlot::LostReason),
    ("Motivo de cierre perdido", DealSlot::LostReason),
    ("Raison de la perte", DealSlot::LostReason),
    ("Grund für Verlust", DealSlot::LostReason),
    ("Verlustgrund", DealSlot::LostReason),
    ("Motivo de pérdida", DealSlot::LostReason),
    ("Motif de la perte", DealSlot::LostReason),
    ("失注理由", DealSlot::LostReason),
    ("Reden van verlies", DealSlot::LostReason),
    ("Motivo da perda", DealSlot::LostReason),
    ("Motivo della perdita", DealSlot::LostReason),
    ("Closed Won Reason", DealSlot::WonReason),
    ("Associated Company", DealSlot::Account),
    ("Associated Companies", DealSlot::Account),
    ("Zugeordnetes Unternehmen", DealSlot::Account),
    ("Zugehöriges Unternehmen", DealSlot::Account),
    ("Empresa asociada", DealSlot::Account),
    ("Entreprise associée", DealSlot::Account),
    ("Empresa associada", DealSlot::Account),
    ("Azienda associata", DealSlot::Account),
    ("Gekoppeld bedrijf", DealSlot::Account),
    ("関連する会社", DealSlot::Account),
    ("Powiązana firma", DealSlot::Account),
    ("Associerat företag", DealSlot::Account),
    ("Liittyvä yritys", DealSlot::Account),
    ("Is Closed Won", DealSlot::IsWon),
    ("hs_is_closed_won", DealSlot::IsWon),
    ("Is closed lost", DealSlot::IsLost),
    ("hs_is_closed_lost", DealSlot::IsLost),
    ("Is Deal Closed?", DealSlot::IsClosed),
    ("hs_is_closed", DealSlot::IsClosed),
];

/// How the name of a column begins that says when a deal came into a stage.
const ENTERED: [&str; 10] = [
    "hs_v2_date_entered_",
    "hs_date_entered_",
    "date entered ",
    "eintrittsdatum ",
    "datum des eintritts in ",
    "fecha de entrada en ",
    "date d’entrée dans ",
    "date d'entrée dans ",
    "data de entrada em ",
    "data di ingresso in ",
];

/// The stage whose day of entering the column holds: `Proposal` of
/// `Date entered "Proposal (Sales Pipeline)"`, whatever the quotes.
pub(super) fn stage_entered(name: &str) -> Option<String> {
    const QUOTES: [char; 10] = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»', ' '];
    let lower = name.to_lowercase();
    let beginning = ENTERED.into_iter().find(|beginning| lower.starts_with(beginning))?;
    // Lower case may be of another length than the text; the beginnings are of letters that keep it.
    let rest = name.get(beginning.len()..)?.trim_matches(QUOTES);
    let stage = match rest.rfind(" (") {
        Some(at) if rest.ends_with(')') => &rest[..at],
        _ => rest,
    };
    let stage = stage.trim().trim_matches(QUOTES);
    (!stage.is_empty()).then(|| stage.to_owned())
}

/// Whether only `HubSpot` has a column of this normal name.
pub(super) fn is_signature(name: &str) -> bool {
    let own = |slot: &DealSlot| matches!(slot, DealSlot::Id | DealSlot::Stage);
    NAMES.iter().any(|(alias, slot)| own(slot) && normal(alias) == *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_stages_are_read_with_any_quotes() {
        for (name, stage) in [
            ("Date entered \"Demo (Sales Pipeline)\"", "Demo"),
            ("Date entered 'Proposal (Sales Pipeline)'", "Proposal"),
            ("date entered “Closed won (EMEA (2))”", "Closed won (EMEA"),
            ("Date entered Demo", "Demo"),
            ("hs_v2_date_entered_qualifiedtobuy", "qualifiedtobuy"),
            ("Fecha de entrada en «Propuesta (Ventas)»", "Propuesta"),
        ] {
            assert_eq!(stage_entered(name).as_deref(), Some(stage), "{name}");
        }
        for name in ["Date exited \"Demo\"", "Date entered \"\"", "Demo", "Date", ""] {
            assert_eq!(stage_entered(name), None, "{name}");
        }
    }
}
