from events.models.claims import Claim
from events.models.countries import Country, Succession
from events.models.events import Event, Participation
from events.models.importing import ImportedRow, ImportRun, LikelyDuplicate
from events.models.intake import Article, Proposal
from events.models.kinds import Kind
from events.models.leaders import Leader, Office
from events.models.organizations import Organization
from events.models.redirects import Address, LoadedBlock
from events.models.reviews import Contribution, ReviewNote
from events.models.sources import Source
from events.models.uploads import TableUpload, Upload, UploadPart
from events.models.versions import Version

__all__ = [
    "Address", "Article", "Claim", "Contribution", "Country", "Event", "ImportRun", "ImportedRow", "Kind", "Leader",
    "LikelyDuplicate", "LoadedBlock", "Office", "Organization", "Participation", "Proposal", "ReviewNote", "Source",
    "Succession", "TableUpload", "Upload", "UploadPart", "Version",
]
