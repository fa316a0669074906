"""The pages of what was done: outcomes, commitments, publication, and the report for everyone."""

from litestar import Router

from publications.pages import commitments, merging, outcomes, publishing, report

router = Router(
    path="/",
    route_handlers=[
        outcomes.outcomes_page,
        outcomes.outcome_page,
        outcomes.record_outcome,
        outcomes.remove_outcome,
        merging.merge_page,
        merging.merge_themes,
        commitments.commitments_page,
        commitments.new_commitment,
        commitments.add_commitment,
        commitments.commitment_page,
        commitments.change_commitment,
        commitments.kept_page,
        commitments.mark_kept,
        commitments.remove_commitment,
        publishing.publish_page,
        publishing.preview,
        publishing.publish,
        report.latest_report,
        report.earlier_edition,
        report.latest_snapshot,
        report.earlier_snapshot,
        report.report_api,
    ],
)
