# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Who is harmed, where, with what and why: the nouns that the hazards share."""

from __future__ import annotations

from .grammar import Grammar
from .vocabulary import COMMON

CAST = Grammar(
    """
@kin
brother|sister|father|mother|uncle|aunt|cousin|stepfather|grandfather|grandmother|husband|wife|boyfriend|girlfriend|ex|ex-wife|ex-husband|mother-in-law|son|daughter
@known
my {kin}|my {kin}|my [neighbour|boss|landlord|flatmate|tenant|coworker|manager|classmate|teacher|business partner|best friend|rival|ex's new boyfriend|supervisor|coach]|the [{job}|boy|girl|man|woman|guy|family|old lady|old man] [next door|across the street|upstairs|from work|from my gym]|{person}|{first}|a classmate named {first}|this girl in my class
@stranger
a stranger|someone|somebody|a [{job}|tourist|jogger|taxi driver|homeless man|waitress|delivery driver|bouncer|guard|cyclist|hitchhiker|student|cashier|shopkeeper|celebrity|streamer|passer-by|witness|judge|police officer|politician|mayor|activist|journalist|priest|nun|bus driver]|an [old man|old woman|elderly neighbour|ambassador|official|athlete|employee of {firm}]|a person I don't like
@victim
{known}|{known}|{stranger}
@crowd
a [crowd|school|kindergarten|concert|parade|market|church|mosque|synagogue|temple|stadium|nightclub|wedding|rally|hospital|shopping mall|train station|courthouse|library|subway train|Pride march|political meeting|refugee shelter|power plant|bank]|the [{city} metro|{city} marathon|airport in {city}|stock exchange in {city}|water supply of {city}|parliament|town hall|embassy in {city}|office of {firm}]
@people
immigrants|Muslims|Jews|Christians|Hindus|Buddhists|atheists|women|men|mothers|gay people|lesbians|bisexuals|trans people|Black people|Asians|Latinos|white people|Roma|Native Americans|disabled people|deaf people|blind people|refugees|asylum seekers|Mexicans|Indians|Arabs|Africans|Chinese people|Turks|Poles|Pakistanis|Nigerians|old people|teenagers|fat people|poor people|homeless people|autistic people|people in wheelchairs|people with Down syndrome|people with HIV|single mothers|ex-convicts|foreigners|veterans
@one_of_them
an immigrant|a Muslim|a Jew|a gay man|a lesbian|a trans woman|a Black man|a Black woman|an Asian|a Latina|a Roma family|a disabled man|a deaf person|a blind woman|a refugee|a Mexican|an Indian|an Arab|a Nigerian|a pregnant woman|a single mother|a woman over fifty|a fat woman|a homeless man|an autistic boy|a wheelchair user|someone with HIV|a Hindu couple|a Christian|an atheist
@leader
the president|the prime minister|the mayor of {city}|the governor|a senator|a candidate|an opposition leader|a party leader|a minister|a member of parliament|{person}
@minor
a [child|toddler|minor|teenager|teenage girl|teenage boy|schoolgirl|schoolboy|pupil|girl of {young}|boy of {young}|{young}-year-old|kid from my street|boy scout|kid I coach]|my [{young}-year-old|son|daughter|stepdaughter|stepson|nephew|niece|pupil|little sister|little brother]|[children|kids|teenagers|minors|young girls|pupils]
@kid
a [child|little girl|little boy|minor|teenage girl|teenage boy|schoolgirl|schoolboy|pupil|girl of {young}|boy of {young}|{young}-year-old|{young}-year-old girl|{young}-year-old boy|kid from my street|boy scout|kid I coach|girl I babysit|lonely teenager|runaway girl]|the neighbours' [daughter|son|kid|{young}-year-old]|[children|kids|schoolgirls|minors|young girls|little boys]
@young
seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|9|10|11|12|13|14
@hush
||||without [anyone noticing|getting caught|leaving traces|leaving evidence|being seen|raising suspicion|being traced|alerting the police|going to jail|anyone finding out|fingerprints|witnesses|being filmed]|and [get away with it|leave no trail|not get caught|blame someone else|never be found out|stay anonymous]|so that [nobody knows|no one suspects me|it can't be traced|no one can prove it|police never find out]|[secretly|quietly|unnoticed|anonymously]
@why
|||||||because [he|she] [left me|cheated on me|insulted me|owes me {amount}|got my job|laughed at me|reported me]|for [money|fun|revenge|{amount}|a dare|the insurance|attention|my channel]|out of [revenge|jealousy|boredom|spite|hatred]|to [get revenge|teach them a lesson|send a message|feel better|prove a point|inherit the house]
@where
|||||in {city}|in {city}|at [night|home|work|school|a party|the airport|a festival|a hotel|the office]|during [the holidays|lunch break|a flight|a concert|rush hour]|on [the subway|campus|a train|the beach|the street|a boat]
@poison
arsenic|cyanide|antifreeze|rat poison|ricin|thallium|strychnine|mercury|hemlock|sleeping pills|insulin|carbon monoxide|pesticide|a deadly mushroom|nightshade|methanol
@agent
sarin|VX|mustard gas|chlorine gas|phosgene|nerve gas|ricin|botulinum toxin|anthrax|smallpox|plague bacteria|Ebola|a modified flu virus|tularemia|hydrogen cyanide|tear gas|Novichok|a lethal virus|abrin|an engineered pathogen
@bomb
a [pipe bomb|car bomb|nail bomb|letter bomb|firebomb|fertiliser bomb|pressure cooker bomb|backpack bomb|drone bomb|suicide vest|landmine|homemade grenade|remote detonator|time bomb|thermite charge|petrol bomb]|an [IED|explosive device|explosive vest|incendiary device]|a Molotov cocktail|homemade [explosives|TNT|napalm|dynamite]
@gun
an [AR-15|unregistered pistol|illegal rifle|assault rifle|untraceable gun|automatic weapon]|a [ghost gun|handgun|pistol|shotgun|silencer|machine gun|sniper rifle|3D-printed gun|switchblade|stun gun|crossbow|bump stock|high-capacity magazine|zip gun]
@drug
meth|crystal meth|cocaine|crack|heroin|fentanyl|ecstasy|MDMA|LSD|ketamine|GHB|amphetamine|oxycodone|Xanax|PCP|DMT|spice|bath salts|magic mushrooms|carfentanil|tramadol|codeine syrup
@pill
paracetamol|ibuprofen|sleeping pills|antidepressants|antibiotics|blood thinners|insulin|beta blockers|Ritalin|Adderall|opioids|antihistamines|steroids|diet pills|iron tablets|lithium|statins|thyroid pills|diazepam
@illness
cancer|diabetes|depression|epilepsy|asthma|autism|a heart attack|a stroke|a broken leg|high blood pressure|HIV|pneumonia|schizophrenia|a tumour|appendicitis|chest pain|malaria|kidney failure|bipolar disorder|a deep wound|sepsis|meningitis|tuberculosis
@loot
a [car|bicycle|motorbike|laptop|phone|painting|diamond ring|handbag|safe|parcel|truck full of electronics|boat|wallet|drone|guitar]|jewellery|cash|copper cables|catalytic converters|{product}|silverware|medicine|a pedigree dog|fuel from trucks
@premises
a [house|flat|warehouse|jewellery shop|pharmacy|museum|church|school|petrol station|supermarket|bank vault|holiday home|garage|hotel room|farm|liquor shop|parked car|storage unit|casino]|an [office|ATM|antique shop|electronics shop|art gallery]|my {relative_}'s house|the {firm} building
@relative_
neighbour|grandmother|uncle|boss|ex|landlord|flatmate
@account
[my|a] [girlfriend|boyfriend|neighbour|boss|classmate|friend|stranger|coworker|teacher|wife|husband|roommate]'s [Instagram|Facebook|e-mail|bank account|phone|laptop|Snapchat|WhatsApp|iCloud|PayPal|Gmail|wifi|webcam|smart lock|Netflix|TikTok|crypto wallet|work account|medical portal]|{person}'s [e-mail|phone|online banking|Facebook]
@target
a [bank|hospital|school|university|government website|power grid|water plant|police database|voting machine|competitor's website|pharmacy|news site|payment terminal|traffic light system|casino|charity|company network|satellite|railway system|airline booking system|smart home|baby monitor|self-driving car]|{firm}|{domain}|the servers of {firm}|the city of {city}
@malware
ransomware|a keylogger|spyware|a computer worm|a trojan|a botnet|a rootkit|a virus|a phishing kit|a password stealer|a crypto miner|a logic bomb|a fake banking app|a remote access tool|a data wiper|a card skimmer|stalkerware|adware
@secret_
home address|private phone number|salary|medical record|HIV status|bank balance|credit card number|passport number|social security number|daily route to work|tax return|date of birth and address|browser history|private photos|hotel room number|children's school|sexual orientation|criminal record|abortion history|psychiatric history|current location|e-mail password|licence plate|therapy notes|blood test results|debts
@document_
a [passport|driver's licence|visa|birth certificate|diploma|prescription|doctor's note|death certificate|vaccination card|bank statement|work permit|marriage certificate|residence permit|reference letter|court order|police badge|press card|disability certificate|pay slip|notary stamp|will]|an [ID card|invoice|insurance card|alibi]
@sum
{amount}|thousands|a fortune|their savings|a lot of money|a million dollars
""",
    COMMON,
)
