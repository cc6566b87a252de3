extension PersonalReceipt {
    /// The words of receipts, by the alphabet: no two of them differ by one letter only.
    ///
    /// Source: taken from the EFF's long word list for passphrases (Electronic Frontier Foundation, 2016,
    /// <https://www.eff.org/dice>, CC BY 3.0 US), four to six letters, without what one would not like to read beside
    /// one's own heart; `melon`, `tide` and `harbor` are among them.
    public static let words: [String] = """
        abacus abide ablaze able abroad absurd accent acid acorn acre acting action active acts afar affair affirm
        affix afford aflame afloat afoot afraid aged agency agenda agent agile agreed ahead ahoy album alias alibi
        aliens alike almost aloe aloft aloha alto alumni always amaze amber ambush amends amigo amiss among amount
        ample amuck amulet amused anchor anemic anew angled animal anime ankle annex anthem antics antler anvil
        anyhow anyone anyway apache appear apply apron aqua area argue arise armed armful arming armory army aroma
        around array arrest arrive ascend ashes ashy askew asleep aspect aspire atlas atom atrium attach attain
        attest attic attire audio author avatar avenue avert avoid await awaken award awhile awning awoke axis babble
        backed backup bacon badge baffle bagel bagful bagged baggie baggy bakery baking balmy bamboo banana banjo
        banker barbed barley barman barn barrel basics basil basket batch blade blast blazer bleak bleep blend bless
        bling blinks blip blog blouse bluff bluish blunt blurb blurry boat bobbed bobcat body boggle boil boned
        bonnet bonsai bonus book booted booth bootie borax boss botany bottle bottom bounce boxcar boxing breath
        breeze briar brick bride bright brim broker bronco bronze broom browse brunch brush bubbly bucket buckle
        buddy budget buffed bulb bulge bulgur bundle bungee bunny busboy busily buzz cabana cabbie cache cackle cacti
        cactus caddie caddy cadet cage calm cameo camera camper campus canal canary candle canine canned cannot
        canola canon canopy capped carat carbon carded caress cargo caring carol carrot carry carve cash casino
        catchy catnap catsup cattle catty causal cause caviar cedar celery celtic cement census chain chance chant
        chaps charm chase cheek cheese chef chemo chess chewer chewy chili chimp chirpy chive choice choosy chop
        chosen chrome chubby chuck chug chummy churn chute cider cinch cinema circle circus citric citrus city civic
        clad claim clamor clamp clang class clean clench clerk clever client clique cloak clone cloud clunky clutch
        coach cobalt cobweb cocoa coffee coke cold collar collie colony comfy comic coming comma common compel comply
        concur copied copper copy coral cork cornea corny cortex cosmos cost cotton county cover cozily cradle crafty
        crane crayon credit creed creme creole crept crib crier crispy crock croon cross crouch crowd crumb crust
        crux cube cuddle curfew curled curly cursor curtsy cushy cycle cyclic cymbal daily dainty dance dandy danger
        dangle data dawn daybed dealer dealt dean debate debug debunk decade decaf decent deck decoy decree deduce
        deed deeply deface define defog deftly defuse delta deluge denim denote dense dental depict deploy depth
        deputy derby detail device dial diary dice dicing dilute dimly dimmed dimple diner dinghy dingo dipped dish
        ditto doable docile dodge doing dollop dolly domain donor donut doodle doozy dorsal dose dotted draw dreamt
        dress dried drift driven drone droop drum dubbed ducky duct duffel dugout duke duly duplex during dusk duvet
        dwarf each eagle earful early earthy earwig easel easily easing eaten eatery eats ebay ebony ecard echo
        eclair edge edging editor effort eggnog either elated elbow eldest eleven elite elixir elves email embark
        emblem embody emboss emcee emit emote empty enable enamel encode ended ending energy engine engulf enrich
        enroll ensure entail entire entity entrap entree envoy enzyme epic equal equate equity eraser errant essay
        estate ethics even evoke evolve exact excess excuse exert exes exhale exodus expand expose extent fabric
        facing fade falcon fall family faster faucet feast fedora feel feisty feline fence fender ferret ferris ferry
        fervor fiber fiddle fifth figure filing filled film filter finale finite five flap flashy flask flatly flick
        flier flight flint floral floss flying foam folic follow fondly fondue font food footer fossil foyer frame
        frayed frays freely french fresh fridge friend frill frisk from frosty froth frown frozen fruit gains gala
        galley gallon galore game gamma gander gangly garage garden gargle garlic garnet garter gating gauze gear
        gecko genre gently getup giant gift giggle girdle given giving gizmo gladly glance glider glitch glitzy glory
        glove glue gluten gnarly gnat goal goes golf gone gopher gorged gotten gout gown grab grader grain granny
        grape grasp graves green grew grid grimy groove grower guide gummy guru gusto haiku half halves hamlet handed
        hangup hankie hanky happy harbor hardly hasty hatbox haven hazily hazing headed heap heave helium helmet
        helper henna herald herbal herbs hertz hula human humble humid hummus humped hunter hurler hurray hush hybrid
        hyphen icon idly igloo ignore iguana image impart iodine issue item ivory jackal jacket jaunt jawed jazz jeep
        jelly jersey jester jiffy jigsaw jimmy jingle jockey jogger john jovial joyous judo juggle juice jumbo jump
        junior junkie justly kabob kebab keenly kelp kennel kept kettle kiln kimono kindle king kite kitten kitty
        kiwi knee knoll koala kudos ladder ladle lagoon lair lake lapel laptop large lark lasso lather launch laurel
        lavish left legacy legal legend legged legume lemon length lens lesser letter level levers life lifter likely
        liking lilac lilly limes limit linked lion liquid list litmus little lived lizard lucid lumber lunar luster
        luxury lyrics macaw mace magma maker malt mammal mango mantis manual many margin marina marrow marshy mascot
        mashed masses matrix matted maybe melon mobile mockup modify module mooing morale mosaic mossy motion motive
        motto mouse mouth move mower much muppet mural museum music musket musty mutual myself myth nacho nail naming
        napkin native nature navy nearby neatly nebula nectar nephew nest neuron never niece nifty nimble ninth
        nugget numbly nutmeg nutty nuzzle nylon oasis object oblong oboe obtain obtuse occupy ocean ocelot okay olive
        omega omen onion online only onset onto onward onyx oops opal other ought outage outbid outer outfit outing
        outlet output oyster ozone paced pacify padded paddle pager paging palace panda pantry papaya parade parcel
        pardon parish parka parlor parted partly pasta pastel path patio patrol payday payee pebble pecan pectin
        pellet pelt pencil penny penpal perch perky peso petal petite petted photo phrase plank plasma player plaza
        pleat pledge plenty plop plug plural poem pogo pointy poise poker poking polar policy polish polka poncho
        pond poppy portal posh possum posted powwow prance precut prefix prelaw prepay preset pretty prewar primal
        primp print prior prism prize prong pronto proofs props proton proud proved proxy public pueblo pull puma
        pumice punch punk pupil purely purify purist purple purr purse pushup putt python quack quail quench query
        quiet quill quiver quote rack racoon radar radial radio radish raft raider raisin rally ramble ramp ramrod
        ranch random ranged rare rarity raving ream reason reboot reborn rebuff recall recast recede recess recite
        recopy record recoup refill reflex refold refund regain reggae region reheat rehire rejoin relax relish
        relive reload relock rely remake remark remedy remix rename rented reopen repair repave repeal replay repose
        reps rerun resale resend resize resort result resume retool return retype reuse reverb revise reward rewash
        rewind rework rewrap rhyme ribbon riches richly ridden riding rigid rind ripple ritzy roamer roast robe robin
        robust rocker rocky roman roping roster rosy royal rubber rubble ruby rudder rule runner runt runway sadly
        safari safely saga said salad salami salary saline salon salsa salute sandal sank satin sauna savage saved
        savor scale scarf scenic scion scone scoop scored scotch scouts screen scribe script scroll scuba scuff
        second secret sector sedan seldom self senate send senior sepia sequel series serve sesame shaded shadow
        shanty shape shawl sheath shed sheep shell shelve sherry shield shimmy shine ship shirt shore shorts shout
        shower shown shrimp shrink shrubs sierra siesta silent silica silk silver simile simply singer siren sister
        sitcom sixth size sizing sizzle skater sketch skewer skier skiing slam slate sleek sleeve sliced slinky slit
        slogan sloped small smith smock smoked smooth smudge snap snazzy snowy snugly speak specks speech speed
        sphere sphinx spiffy spinal spiny splice spoils spoken sponge spool sporty spouse sprang sprawl spray spree
        sprig sprite sprout spruce spur squad squall squeak squint squire stable stack staff stage stamp stand starch
        starry stash static statue stays step stereo stilt stingy stir stitch stoic stoke stood stooge straw streak
        street strewn stride strobe struck strum stucco studio study stylus suave sublet subpar subtly suburb subway
        sudden sudoku suds suffix sugar suitor sultry supper supply surfer survey sushi swab swarm swipe swirl swivel
        swoosh sworn swung syrup system tabby tables taco talcum tamale tamer taps target tarmac tartar task tassel
        taste tavern thank that thee thesis thigh thing thinly thirty those thread thrift thrill thrive throat throng
        thud thumb tiara tibia tidal tidbit tide tiger till timing tingly tinker tinsel tint tipoff tipper tiptop
        trace travel tray treat treble trend triage trio tripod trophy trough trout trowel trump trunks truth tulip
        turban turf turkey turret turtle tutor tutu tweak tweed twelve twenty twice twig twins twisty tycoon ultra
        umpire unbend uncle unclip unclog uncork uneven unglue unhook unify unison unit unless unmade unpack unplug
        unread unsent unsnap unsold until unused unwind unworn unzip upbeat update upheld uphill upload upon uproar
        upside uptake uptown upward urging usable usage used usher usual utmost utopia utter value vanish varied
        vastly veal veggie velvet vendor venus verify verse versus very vessel viable vibes video viewer violet
        violin viper visa vision visor voice volley voter voting vowel voyage wafer wages waggle wagon walk walnut
        walrus waltz wand wanted wasabi washer whacky wharf wheat whiff whinny whole whoops widely widen widget width
        wifi wilder wildly willow winner wired wiring wiry wisdom wise wispy wobble wool word woven yard yeah yield
        yippee yodel yogurt yonder yoyo zebra zero zesty zippy zips zodiac zoning zoom
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
